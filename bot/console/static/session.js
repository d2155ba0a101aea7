// Warns before the session ends, and keeps what was typed until the same account has signed in again.
// What was typed stays in this page alone: it is not stored, and another account's sign-in drops it.
// A module: its names are its own, beside those of a page's other scripts.

const bar = document.getElementById("session");
const SESSION = "/admin/session";
const SIGNED_OUT = "/admin/sign-in";
const SECOND = 1000;
const WARNING = 120 * SECOND;
const RETRY = 10 * SECOND;
const KEPT = 3 * 3600 * SECOND;

let endsAt = Date.now() + Number(bar.dataset.left) * SECOND;
let timer = 0;
let dropping = 0;
let wasTyped = false;

function isTyped() {
  return wasTyped || [...document.querySelectorAll("textarea")].some((one) => one.value);
}

// Shows the parts of the bar that belong to a state; "" for none.
function tell(state) {
  bar.hidden = state === "";
  for (const part of bar.children) part.hidden = !part.dataset.when.split(" ").includes(state);
}

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(check, Math.max(pause, SECOND));
}

// Another person may pass: nothing of the page is left to see, only the bar.
function cover(isCovered) {
  document.body.classList.toggle("covered", isCovered);
  clearTimeout(dropping);
  if (isCovered) dropping = setTimeout(() => location.replace(SIGNED_OUT), KEPT);
}

function end() {
  clearTimeout(timer);
  endsAt = 0;
  if (isTyped()) {
    tell("kept");
    if (!document.body.classList.contains("covered")) cover(true);
  } else if (document.querySelector("[data-live]")) {
    location.replace(SIGNED_OUT);
  } else {
    tell("over");
  }
}

// The session goes on, or a new one of the same account has begun, whose forms have another token.
function goOn({ account, left, prolongs, csrf }) {
  if (account !== bar.dataset.account) {
    location.replace("/admin");
    return;
  }
  for (const field of document.querySelectorAll("input[name=csrf]")) field.value = csrf;
  cover(false);
  endsAt = Date.now() + left * SECOND;
  const isNear = left * SECOND <= WARNING;
  tell(isNear ? (prolongs ? "idle" : "day") : "");
  later(isNear ? left * SECOND + SECOND : left * SECOND - WARNING);
}

// Returns whether a form may be sent; without a network it may, and the browser says what is wrong.
async function check(request) {
  try {
    const answer = await fetch(SESSION, request);
    if (answer.redirected) {
      end();
      return false;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    goOn(await answer.json());
  } catch {
    endsAt = Date.now() + RETRY;
    later(RETRY);
  }
  return true;
}

function stay() {
  const { value } = document.querySelector("input[name=csrf]");
  check({ method: "POST", body: new URLSearchParams({ csrf: value }) });
}

document.addEventListener("input", ({ target }) => {
  if (target.form?.method !== "post") return;
  wasTyped = true;
  if (Date.now() > endsAt) check();
});

document.addEventListener(
  "submit",
  (event) => {
    const { target, submitter } = event;
    if (target.method !== "post" || Date.now() < endsAt) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wasTyped = true;
    check().then((isOpen) => isOpen && target.requestSubmit(submitter));
  },
  true,
);

document.addEventListener("visibilitychange", () => document.hidden || check());
document.addEventListener("sessionend", () => check());
window.addEventListener("focus", () => check());
document.getElementById("stay").addEventListener("click", stay);
later(endsAt - Date.now() - WARNING);
