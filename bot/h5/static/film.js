"use strict";
// The recorded video, for a page without a camera: what to do is shown first, then the phone's own camera records it.
window.filmCapture = (() => {
  const ACTION_SECONDS = 3;
  const part = (id) => document.getElementById(id);

  function row(step) {
    const item = document.createElement("li");
    const picture = document.createElement("div");
    const seconds = document.createElement("b");
    const text = document.createElement("span");
    picture.className = "figure";
    picture.setAttribute("aria-hidden", "true");
    window.figure.draw(picture, step.action);
    const rest = step.action === "centre";
    seconds.textContent = window.pageWords.seconds.replace("{count}", rest ? Math.ceil(step.seconds) : ACTION_SECONDS);
    text.textContent = step.text;
    item.append(picture, text, seconds);
    return item;
  }

  // Returns whether the list is shown; else the answer says why not. Without a start left, the chat is the way on.
  function list({ actions, live }) {
    if (!actions) return false;
    part("film-steps").textContent = "";
    part("film-steps").append(...actions.map(row));
    part("film-back").hidden = live === false;
    part("film-leave").hidden = live !== false;
    return true;
  }

  return { list };
})();
