"use strict";
// A head that shows the movement, and a dot that it follows: nobody has to know left from right.
window.figure = (() => {
  const TRIAL = [
    ["turn_left", "到时候，跟着圆点慢慢转头，像这样。"],
    ["turn_right", "到时候，跟着圆点慢慢转头，像这样。"],
    ["look_up", "也可能是抬头、低头，像这样。"],
    ["look_down", "也可能是抬头、低头，像这样。"],
    ["closer", "也可能是靠近一点，像这样。"],
  ];
  const TRIAL_MS = 3200;
  let timer = 0;

  function draw(place, action) {
    if (!place.firstChild) place.append(document.getElementById("figure").content.cloneNode(true));
    place.dataset.action = action;
  }

  // What may be asked, one movement after the other, before any camera is opened.
  function rehearse(place, words) {
    let at = 0;
    const next = () => {
      const [action, text] = TRIAL[at++ % TRIAL.length];
      draw(place, action);
      if (words.textContent !== text) words.textContent = text;
    };
    stop();
    next();
    timer = setInterval(next, TRIAL_MS);
  }

  function stop() { clearInterval(timer); }
  return { draw, rehearse, stop };
})();
