"use strict";
// One card at a time, one sentence at a time. Sentences of an outcome come with it; those of the page, with the page.
const $ = (id) => document.getElementById(id);
const page = document.body.dataset;
let base = location.pathname.replace(/\/+$/, "");
const cards = ["card-begin", "card-consent", "card-camera", "card-live", "card-queue", "card-film", "card-wait", "card-again", "card-other", "result"];
const without = ["card-other", "card-wait", "result"]; // cards that are a way out, or need none
const watched = ["card-camera", "card-live", "card-queue", "card-film", "card-wait"]; // cards on which nobody taps for a while
let guided = page.liveness === "required"; // a still photo proves no life: the camera leads through movements
let camera = guided ? "card-live" : "card-camera";
const UPLOAD_MS = 130000;
const ANSWER_MS = 20000; // for requests and answers that are small
const SLOW_MS = 1500;
const SETTLE_MS = 800;

const words = window.pageWords;
const greeting = guided ? words.begin_live : words.begin_photo;

let current = "card-begin";
let sentence = greeting;
let consented = page.consented === "yes";
let retry = () => {};
let sending = false;

/* ---- saying and showing ---- */
function write(text) {
  sentence = text;
  window.setPhrases($("message"), text);
}

function say(text, queued = false) {
  write(text);
  return window.pageVoice.say(text, queued);
}

// An immediate second or third tap was meant for the previous card: it must not answer a card that nobody has read.
let settling = 0;
function settle() {
  clearTimeout(settling);
  document.body.classList.add("settling");
  settling = setTimeout(() => document.body.classList.remove("settling"), SETTLE_MS);
}

function turnTo(card) {
  if (card !== current) settle();
  current = card;
  document.body.dataset.card = card;
  window.screenAwake.keep(watched.includes(card));
  for (const id of cards) $(id).hidden = id !== card;
  $("cannot").hidden = without.includes(card);
  $("cannot").textContent = card === "card-live" ? words.unable : words.uneasy;
  if (card === "card-camera") window.stillCamera.open();
  else window.stillCamera.close();
  if (card === "card-begin" && guided) window.figure.rehearse($("trial"), $("trial-text"));
  else window.figure.stop();
  window.scrollTo(0, 0);
}

function show(card, text) {
  turnTo(card);
  say(text);
  if (card === "card-live") window.liveCapture.begin(guide);
  else window.liveCapture.end();
}

/* ---- guided live capture: live.js leads, this page speaks ---- */
const guide = {
  say,
  show: write,
  step: (said) => {
    window.ring.step(said);
    window.pageVoice.step();
  },
  card: (name) => current !== name && turnTo(name),
  slow: () => { $("slow-film").hidden = false; },
  result: (answer) => {
    if (answer.outcome !== "retry") return receive(answer, begin);
    if (answer.reason === "bad_media") return film(answer.message);
    if (answer.reason !== "challenge_failed") return offerAgain(answer.message, begin);
    before = ["card-begin", greeting];
    return show("card-other", answer.message);
  },
  broken: (text) => offerAgain(text, begin),
  impossible: (text) => film(window.isSecureContext ? text : words.insecure),
};
function begin() {
  $("slow-film").hidden = true;
  show(camera, guided ? words.live : words.photo);
}

// A person who may use a photo may still move: the live capture proves more.
function lead(moving) {
  guided = moving;
  camera = moving ? "card-live" : "card-camera";
}

function move() {
  lead(true);
  begin();
}

/* ---- recorded video, where there is no camera for pages ---- */
async function film(text) {
  show("card-wait", text);
  try {
    const told = await ask("challenge", {}, ANSWER_MS);
    if (window.filmCapture.list(told)) show("card-film", told.live === false ? words.live_used_up : text);
    else receive(told, () => film(text));
  } catch {
    offerAgain(words.offline, () => film(text));
  }
}

/* ---- sending ---- */
async function ask(path, options, longest) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), longest);
  try {
    return await (await fetch(`${base}/${path}`, { ...options, signal: patience.signal, cache: "no-store" })).json();
  } finally {
    clearTimeout(timer);
  }
}

// Without a picture to send; shows that a tap was registered if the network answers late.
async function post(path, body, headers) {
  const timer = setTimeout(() => show("card-wait", words.slow_line), SLOW_MS);
  try {
    return await ask(path, { method: "POST", body, headers }, ANSWER_MS);
  } finally {
    clearTimeout(timer);
  }
}

function offerAgain(text, action) {
  retry = action;
  show("card-again", text);
}

async function send(path, field, file, from) {
  if (sending) return;
  sending = true;
  show("card-wait", words.checking);
  const form = new FormData();
  form.append(field, file, field);
  try {
    receive(await ask(path, { method: "POST", body: form }, UPLOAD_MS), () => send(path, field, file, from), from);
  } catch {
    offerAgain(field === "image" ? words.not_sent : words.film_not_sent, () => send(path, field, file, from));
  } finally {
    sending = false;
  }
}

function receive(answer, action, from = camera) {
  $("result").dataset.outcome = answer.outcome;
  if (answer.reason === "no_consent") return show("card-consent", answer.message);
  if (answer.outcome === "unavailable" || answer.reason === "too_fast") return offerAgain(answer.message, action);
  if (answer.outcome === "retry") return show(from, answer.message);
  return show("result", answer.message);
}

// After a failure: the service gives this page the next link, and the consent still stands.
async function tryAgain() {
  if (sending) return;
  sending = true;
  try {
    const answer = await post("again");
    if (!answer.ticket) return receive(answer, tryAgain);
    base = base.replace(/[^/]+$/, answer.ticket);
    history.replaceState(null, "", base);
    begin();
  } catch {
    offerAgain(words.offline, tryAgain);
  } finally {
    sending = false;
  }
}

async function agree() {
  if (sending) return;
  sending = true;
  try {
    const body = JSON.stringify({ agree: true, version: page.version });
    const answer = await post("consent", body, { "Content-Type": "application/json" });
    if (answer.outcome !== "passed") return receive(answer, agree);
    consented = true;
    begin();
  } catch {
    offerAgain(words.offline, agree);
  } finally {
    sending = false;
  }
}

/* ---- wiring ---- */
let before = ["card-begin", greeting];
function otherRoutes() {
  before = ["card-live", "card-queue"].includes(current) ? ["card-begin", greeting] : [current, sentence];
  show("card-other", words.other);
}

function start(facing) {
  page.facing = facing;
  if (page.liveness === "assisted") lead(false);
  if (consented) begin();
  else show("card-consent", words.consent);
}

async function take() {
  const picture = await window.stillCamera.take();
  if (picture) await send("selfie", "image", picture, "card-camera");
  else $("selfie-input").click();
}

async function chosen(input, path, field, prepare) {
  const file = input.files[0];
  if (!file) return;
  const from = current;
  const ready = await prepare(file);
  const fault = await window.chosenFile.fault(ready, field === "image" ? "photo" : "video");
  if (fault) say(words[fault]);
  else await send(path, field, ready, from);
  input.value = ""; // the same file may be chosen again
}
const asItIs = async (file) => file;

$("begin").onclick = () => start("user");
$("helper").onclick = () => start("environment");
$("agree").onclick = agree;
$("decline").onclick = otherRoutes;
$("cannot").onclick = () => (current === "card-live" ? window.liveCapture.cannot(otherRoutes) : otherRoutes());
$("back").onclick = () => show(...before);
for (const id of ["leave", "film-leave"]) $(id).onclick = window.leavePage;
$("take").onclick = take;
$("move").onclick = move;
$("move").hidden = page.liveness !== "assisted";
if ($("retry")) $("retry").onclick = tryAgain;
$("again").onclick = () => retry();
$("film-back").onclick = begin;
$("slow-film").onclick = () => film(words.slow_film);
$("selfie-input").onchange = (event) => chosen(event.target, "selfie", "image", window.stillCamera.smaller);
for (const id of ["video-input", "film-input", "film-helper"]) {
  $(id).onchange = (event) => chosen(event.target, "video", "video", asItIs);
}
$("speak").onclick = () => window.pageVoice.toggle(sentence);
window.matchMedia("(orientation: landscape) and (max-height: 450px)").addListener(({ matches }) => {
  if (matches && ["card-camera", "card-live"].includes(current)) window.pageVoice.say(words.upright);
});
document.addEventListener("click", () => document.body.classList.contains("settling") && settle(), true);
window.addEventListener("pagehide", () => { window.stillCamera.close(); window.liveCapture.goAway(); });
window.addEventListener("pageshow", (event) => {
  if (current === "card-camera") window.stillCamera.open();
  if (["card-live", "card-queue"].includes(current) && event.persisted) begin();
});
if (consented) $("begin").textContent = words.go_on;
turnTo("card-begin");
write(consented ? words.resume : greeting);
