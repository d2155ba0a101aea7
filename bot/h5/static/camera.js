"use strict";
// The camera of the page: how it is opened, why it does not open, and whether it still gives pictures.
window.pageCamera = (() => {
  const MUTED_MS = 1500;
  const UNANSWERED_MS = 30000;
  const IN_USE = ["NotReadableError", "TrackStartError", "AbortError"]; // the second is old Chrome's name
  const REFUSED = ["NotAllowedError", "PermissionDeniedError", "SecurityError"];
  const MISSED = ["OverconstrainedError", "ConstraintNotSatisfiedError"];
  const words = window.pageWords;
  const devices = () => navigator.mediaDevices || {};
  const possible = () => Boolean(devices().getUserMedia);

  async function open(facing, width, height) {
    const wanted = { facingMode: facing, width: { ideal: width }, height: { ideal: height } };
    try {
      return await answered(devices().getUserMedia({ video: wanted, audio: false }));
    } catch (error) {
      if (!MISSED.includes(error.name)) throw error;
      return answered(devices().getUserMedia({ video: true, audio: false })); // any camera is better than none
    }
  }

  // Some browsers neither open a camera nor refuse; one that opens late is no longer wanted.
  function answered(opening) {
    return new Promise((done, fail) => {
      const timer = setTimeout(() => {
        fail(new DOMException("no answer", "NotAllowedError"));
        opening.then(close, () => {});
      }, UNANSWERED_MS);
      opening.then(done, fail).then(() => clearTimeout(timer));
    });
  }

  // A video that plays by its attribute alone pauses when it is out of sight: scrolled away, or on a phone held across.
  function play(stream, video) {
    video.srcObject = stream;
    Promise.resolve(video.play()).catch(() => {}); // the attribute remains
  }

  // What to say about an error, and whether trying again may help.
  function trouble(error) {
    if (IN_USE.includes(error.name)) return { text: words.in_use, passing: true };
    return { text: REFUSED.includes(error.name) ? words.refused : words.no_camera, passing: false };
  }

  // Calls `lost` once: another program took the camera, it gives no pictures, or the page went out of sight.
  function watch(stream, lost) {
    const [track] = stream.getVideoTracks();
    let timer = 0;
    const gone = () => { stop(); lost(); };
    const unmuted = () => clearTimeout(timer);
    const muted = () => { unmuted(); timer = setTimeout(gone, MUTED_MS); };
    const hidden = () => document.hidden && gone();
    const changed = () => (track.readyState === "ended" ? gone() : track.muted && muted());
    const heard = [[track, "ended", gone], [track, "mute", muted], [track, "unmute", unmuted],
      [document, "visibilitychange", hidden], [devices(), "devicechange", changed]]
      .filter(([source]) => source.addEventListener);
    const stop = () => {
      unmuted();
      heard.forEach(([source, name, react]) => source.removeEventListener(name, react));
    };
    heard.forEach(([source, name, react]) => source.addEventListener(name, react));
    if (track.muted) muted();
    return stop;
  }

  // Waits until the page is in sight: a hidden one gets no camera.
  function inSight() {
    if (!document.hidden) return Promise.resolve();
    return new Promise((done) => {
      const look = () => {
        if (document.hidden) return;
        document.removeEventListener("visibilitychange", look);
        done();
      };
      document.addEventListener("visibilitychange", look);
    });
  }

  const close = (stream) => stream.getTracks().forEach((track) => track.stop());
  return { possible, open, play, close, trouble, watch, inSight };
})();
