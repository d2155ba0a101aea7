// Keeps the numbers next to entries of the navigation up to date.
"use strict";

const PERIOD = 10000;

function show(badge, count) {
  badge.hidden = count === 0;
  badge.textContent = String(count);
  badge.title = badge.dataset.says.replace("{n}", String(count));
}

// False once there is nothing more to ask for: the session is over, or chats are not offered.
async function ask(badge) {
  if (document.hidden) return true;
  const answer = await fetch(badge.dataset.counts);
  if (answer.redirected || answer.status !== 200) {
    show(badge, 0);
    return answer.status >= 500;
  }
  show(badge, Number(await answer.text()));
  return true;
}

async function keep(badge) {
  let goesOn = true;
  try {
    goesOn = await ask(badge);
  } catch {
    // The office's network is down for a moment.
  }
  if (goesOn) setTimeout(keep, PERIOD, badge);
}

for (const badge of document.querySelectorAll("[data-counts]")) keep(badge);
