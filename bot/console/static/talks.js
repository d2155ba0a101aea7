// Asks for the part of a page that changes on its own, and replaces it if it has changed.
"use strict";

const live = document.querySelector("[data-live]");
const EVERY = 3000;
const title = document.title;

function seen() {
  return live.firstElementChild.dataset.version;
}

// Shows how many wait, and the newest line.
function tell() {
  const waiting = Number(live.firstElementChild.dataset.waiting || 0);
  document.title = waiting ? `(${waiting}) ${title}` : title;
  const lines = live.querySelector(".talked");
  if (lines) lines.scrollTop = lines.scrollHeight;
}

// Names the focused element of the replaced part, so that keyboard users continue where they were.
function whereFocused() {
  const focused = document.activeElement;
  if (!live.contains(focused)) return "";
  if (focused.form) return `form[action="${focused.form.getAttribute("action")}"] button`;
  return focused.hasAttribute("href") ? `[href="${focused.getAttribute("href")}"]` : ".talked";
}

async function look() {
  const answer = await fetch(`${live.dataset.live}?seen=${encodeURIComponent(seen())}`);
  if (answer.redirected) {
    document.dispatchEvent(new Event("sessionend"));
  } else if (answer.status === 404) {
    location.reload();
  } else if (answer.status === 200) {
    const text = await answer.text();
    const at = whereFocused();
    live.innerHTML = text;
    if (at) live.querySelector(at)?.focus({ preventScroll: true });
    tell();
  }
}

async function watch() {
  try {
    if (!document.body.classList.contains("covered")) await look();
  } catch {
    // The office's network is down for a moment: the next poll finds what was missed.
  }
  setTimeout(watch, EVERY);
}

if (live) {
  tell();
  setTimeout(watch, EVERY);
}
