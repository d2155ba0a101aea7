"use strict";
// Where the face is, found on the phone itself if its browser can: a help before the service has answered.
// It decides nothing, and switches itself off on a phone that it slows down.
window.faceFinder = (() => {
  const LOOK_MS = 200;
  const SLOW_MS = 120;
  const MOST_SLOW = 3;
  // Clearly outside what the service asks for at the first rest, so that the two never contradict each other.
  const SMALLEST = 0.15; // face width over the picture's shorter side
  const LARGEST = 0.65;
  const OFF_CENTRE = 0.32; // of the picture's width or height
  const LOOKS = 4; // with the same result, before it is said
  let weak = false;

  function detector() {
    try {
      return weak || !window.FaceDetector ? null : new window.FaceDetector({ fastMode: true, maxDetectedFaces: 1 });
    } catch {
      return null;
    }
  }

  // What is wrong with the place of a face, by the service's own names; "" if nothing is.
  function fault({ x, y, width, height }, video) {
    const size = width / Math.min(video.videoWidth, video.videoHeight);
    const aside = Math.abs((x + width / 2) / video.videoWidth - 0.5);
    const above = Math.abs((y + height / 2) / video.videoHeight - 0.5);
    if (size < SMALLEST) return "too_far";
    if (size > LARGEST) return "too_close";
    return Math.max(aside, above) > OFF_CENTRE ? "off_centre" : "";
  }

  async function look(found, video) {
    const [face] = await found.detect(video);
    return face ? fault(face.boundingBox, video) : "no_face";
  }

  // Calls `tell(fault, sure)` five times a second; returns a function that stops it. Without a finder it never calls.
  function watch(video, tell) {
    const found = detector();
    let on = Boolean(found);
    let slow = 0;
    let last = null;
    let alike = 0;
    const again = () => on && setTimeout(step, LOOK_MS);

    async function step() {
      const from = Date.now();
      try {
        const now = video.videoWidth ? await look(found, video) : last;
        slow = Date.now() - from > SLOW_MS ? slow + 1 : 0;
        alike = now === last ? alike + 1 : 1;
        last = now;
      } catch {
        weak = true; // the interface is there, but nothing behind it
      }
      weak = weak || slow >= MOST_SLOW;
      if (weak) on = false;
      if (on && last !== null) tell(last, alike >= LOOKS);
      else if (weak) tell("", false);
      again();
    }

    again();
    return () => { on = false; };
  }

  return { watch };
})();
