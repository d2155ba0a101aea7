"use strict";
// The light on the face, measured on the phone from a tiny copy of the picture's middle. It only leads to a hint, never to a verdict.
window.faceLight = (() => {
  const SIDE = 16;
  const DARK = 40; // mean grey; the service asks for 45 on the face it has found
  const LOOK_MS = 300;
  const DARK_LOOKS = 4; // cameras begin dark, and adapt within a second
  const SAY_AGAIN_MS = 8000;
  const PICTURE_MS = 2000;
  const LONGEST_MS = 10000; // after that the service decides

  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  const paint = canvas.getContext("2d", { willReadFrequently: true });

  // Mean grey (0 to 255) of the middle of the picture; null before there is one.
  function grey(video) {
    const { videoWidth: width, videoHeight: height } = video;
    if (!width || video.readyState < 2) return null;
    paint.drawImage(video, width * 0.25, height * 0.2, width * 0.5, height * 0.6, 0, 0, SIDE, SIDE);
    const dots = paint.getImageData(0, 0, SIDE, SIDE).data;
    let sum = 0;
    for (let at = 0; at < dots.length; at += 4) sum += 0.299 * dots[at] + 0.587 * dots[at + 1] + 0.114 * dots[at + 2];
    return sum / (SIDE * SIDE);
  }

  // Calls `dark` while it has been dark for a second, at most every eight seconds; returns a function that stops it.
  function watch(video, dark) {
    let looks = 0;
    let said = 0;
    const timer = setInterval(() => {
      const now = grey(video);
      looks = now !== null && now < DARK ? looks + 1 : 0;
      if (looks < DARK_LOOKS || Date.now() - said < SAY_AGAIN_MS) return;
      said = Date.now();
      dark();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }

  // Resolves once there is light, or after a while all the same.
  function enough(video) {
    const from = Date.now();
    return new Promise((done) => {
      const timer = setInterval(() => {
        const now = grey(video);
        const waited = Date.now() - from;
        if (now === null ? waited < PICTURE_MS : now < DARK && waited < LONGEST_MS) return;
        clearInterval(timer);
        done();
      }, LOOK_MS / 3);
    });
  }

  return { watch, enough };
})();
