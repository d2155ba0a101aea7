"use strict";
// A head that shows the movement, and a dot that it follows: nobody has to know left from right.
window.figure = (() => {
  const { trial_turn: turn, trial_nod: nod, trial_closer: closer } = window.pageWords;
  const TRIAL = [["turn_left", turn], ["turn_right", turn], ["look_up", nod], ["look_down", nod], ["closer", closer]];
  const TRIAL_MS = 3200;
  let timer = 0;

  function draw(place, action) {
    if (!place.firstChild) place.append(document.getElementById("figure").content.cloneNode(true));
    place.dataset.action = action;
  }

  // The movements that may be asked for, one after the other, before any camera is opened.
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
