"use strict";
// The ring around the face, from twelve o'clock: how far the capture and its present step have come.
window.ring = (() => {
  const part = (id) => document.getElementById(id);
  const words = window.pageWords;
  let now = { step: 1, steps: 1 };

  function fill(steps, seconds) {
    const line = part("live-ring");
    line.style.transitionDuration = `${seconds}s`;
    line.style.strokeDashoffset = String(100 - (100 * steps) / now.steps);
  }

  // Steps alternate between a rest and a movement; people count the movements.
  function count() {
    const steps = Math.max(1, Math.floor(now.steps / 2));
    const step = Math.min(steps, Math.ceil(now.step / 2));
    part("live-step").textContent = words.step.replace("{step}", step).replace("{steps}", steps);
  }

  // A rest, whose length is known, fills its part on its own; a movement fills it as it is seen.
  function step(said) {
    now = said;
    count();
    if (said.action === "centre") fill(said.step, said.seconds);
    else fill(said.step - 1, 0.5);
  }

  function extent(said) {
    if (said.step === now.step) fill(said.step - 1 + Math.min(1, Math.max(0, said.part)), 0.2);
  }

  return { step, extent };
})();
