// Asks for the part of a page that changes by itself, and puts it in where it has changed.
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

async function look() {
  const answer = await fetch(`${live.dataset.live}?seen=${encodeURIComponent(seen())}`);
  if (answer.redirected || answer.status === 404) {
    location.reload();
  } else if (answer.status === 200) {
    live.innerHTML = await answer.text();
    tell();
  }
}

async function watch() {
  try {
    await look();
  } catch {
    // The office's network is away for a moment: the next look finds what was missed.
  }
  setTimeout(watch, EVERY);
}

document.addEventListener("submit", (event) => {
  for (const button of event.target.querySelectorAll("button")) button.disabled = true;
});

if (live) {
  tell();
  setTimeout(watch, EVERY);
}
