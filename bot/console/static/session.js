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

// When the session ends, as far as the page knows; until when it need not ask; when a covered page goes.
let endsAt = Date.now() + Number(bar.dataset.left) * SECOND;
let sureUntil = endsAt;
let keptUntil = Infinity;
let timer = 0;
let dropping = 0;
let wasTyped = false;

function isTyped() {
  return wasTyped || [...document.querySelectorAll("textarea, [name=words]")].some((one) => one.value);
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

function drop() {
  location.replace(SIGNED_OUT);
}

// Another person may pass: nothing of the page is left to see, only the bar.
function cover() {
  tell(isTyped() ? "kept" : "over");
  document.body.classList.add("covered");
  keptUntil = Math.min(keptUntil, endsAt + KEPT);
  clearTimeout(dropping);
  dropping = setTimeout(check, keptUntil - Date.now() + SECOND);
}

function uncover() {
  document.body.classList.remove("covered");
  keptUntil = Infinity;
  clearTimeout(dropping);
}

function end() {
  clearTimeout(timer);
  endsAt = sureUntil = Math.min(endsAt, Date.now());
  const isLive = document.querySelector("[data-live]");
  if (isLive && !isTyped()) drop();
  else cover();
}

// The session goes on, or a new one has begun, whose forms have another token; returns whether it is the same
// account's.
function goOn({ account, left, prolongs, csrf }) {
  if (account !== bar.dataset.account) {
    location.replace("/admin");
    return false;
  }
  for (const field of document.querySelectorAll("input[name=csrf]")) field.value = csrf;
  uncover();
  endsAt = sureUntil = Date.now() + left * SECOND;
  const isNear = left * SECOND <= WARNING;
  tell(isNear ? (prolongs ? "idle" : "day") : "");
  later(isNear ? left * SECOND + SECOND : left * SECOND - WARNING);
  return true;
}

// The server cannot be reached; returns whether the session still has time.
function goOnAlone() {
  const isOpen = Date.now() < endsAt;
  sureUntil = Date.now() + RETRY;
  later(RETRY);
  if (!isOpen) cover();
  return isOpen;
}

// Returns whether a form may be sent; without a network it may, and the browser says what is wrong.
// A computer that sleeps stops its timers: a page that was kept too long goes before anything is asked.
async function check(request) {
  if (Date.now() > keptUntil) {
    drop();
    return false;
  }
  try {
    const answer = await fetch(SESSION, request);
    if (answer.redirected) {
      end();
      return false;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    return goOn(await answer.json());
  } catch {
    return goOnAlone();
  }
}

function stay() {
  const { value } = document.querySelector("input[name=csrf]");
  check({ method: "POST", body: new URLSearchParams({ csrf: value }) });
}

document.addEventListener("input", ({ target }) => {
  if (target.form?.method !== "post") return;
  wasTyped = true;
  if (Date.now() > sureUntil) check();
});

document.addEventListener(
  "submit",
  (event) => {
    const { target, submitter } = event;
    if (target.method !== "post" || Date.now() < sureUntil) return;
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
