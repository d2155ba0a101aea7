"use strict";
// Keeps the screen on during a face check; on a phone that cannot, it goes dark as usual.
window.screenAwake = (() => {
  let wanted = false;
  let lock = null;

  async function take() {
    if (!wanted || lock || !navigator.wakeLock || document.hidden) return;
    try {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => { lock = null; });
      if (!wanted) lock.release();
    } catch { /* battery low, or not allowed */ }
  }

  function keep(on) {
    wanted = on;
    if (on) take();
    else if (lock) lock.release();
  }

  document.addEventListener("visibilitychange", take); // a hidden page loses the lock
  return { keep };
})();
