"use strict";
// One card at a time, one sentence at a time. Sentences of the outcome come from the server; those of the page stand here.
const $ = (id) => document.getElementById(id);
const page = document.body.dataset;
const base = location.pathname.replace(/\/+$/, "");
const cards = ["card-begin", "card-consent", "card-camera", "card-live", "card-wait", "card-again", "card-other", "result"];
const guided = page.liveness === "required"; // a still photo proves no life: the camera leads through movements
const camera = guided ? "card-live" : "card-camera";
const LONG_SIDE = 1280;
const PATIENCE_MS = 130000;

const words = {
  begin: "刷脸只要三步，约一分钟。",
  consent: "请看一看，再点“同意”。",
  live: "脸对准圆框，跟着圆点慢慢做。",
  unable: "我做不到这个动作",
  uneasy: "不方便刷脸",
  camera: "脸对准圆框，点“拍照”。",
  wait: "正在核对…",
  other: "不方便刷脸，没关系。",
  network: "网络不太稳，照片没有传上去。请点“再试一次”，不用重拍。",
  offline: "网络不太稳，请点“再试一次”。",
  query: "核对通过。",
};

let current = "card-begin";
let sentence = words.begin;
let consented = page.consented === "yes";
let stream = null;
let retry = () => {};
let sending = false;
let opening = 0;

/* ---- saying and showing ---- */
let loud = true;
function speak(text) {
  if (!loud || !window.speechSynthesis) return;
  try {
    speechSynthesis.cancel();
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = "zh-CN";
    spoken.rate = 0.9;
    speechSynthesis.speak(spoken);
  } catch { /* a phone without a voice */ }
}

function say(text) {
  sentence = text;
  window.setPhrases($("message"), text);
  speak(text);
}

function show(card, text) {
  current = card;
  for (const id of cards) $(id).hidden = id !== card;
  $("cannot").hidden = ["card-other", "card-wait", "result"].includes(card);
  if (card === "card-camera") openCamera();
  else closeCamera();
  $("cannot").textContent = card === "card-live" ? words.unable : words.uneasy;
  say(text);
  if (card === "card-live") window.liveCapture.begin(guide);
  else window.liveCapture.end();
  window.scrollTo(0, 0);
}

/* ---- guided live capture: live.js leads, this page speaks ---- */
const guide = {
  say,
  show: (text) => { sentence = text; $("message").textContent = text; },
  result: (answer) => {
    if (answer.outcome === "retry") return offerAgain(answer.message, begin);
    return receive(answer, begin);
  },
  broken: (text) => offerAgain(text, begin),
  impossible: (text) => { before = ["card-begin", words.begin]; show("card-other", text); },
};
const begin = () => show(camera, guided ? words.live : words.camera);

/* ---- camera ---- */
async function openCamera() {
  if (stream || !navigator.mediaDevices?.getUserMedia) return;
  const asked = ++opening;
  try {
    const video = { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 960 } };
    const opened = await navigator.mediaDevices.getUserMedia({ video, audio: false });
    if (asked !== opening || current !== "card-camera") return stop(opened);
    stream = opened;
    $("preview").srcObject = opened;
    $("preview").hidden = false;
    $("outline").toggleAttribute("hidden", true);
  } catch { /* no camera here, or not allowed: the file input is the way */ }
}

const stop = (opened) => opened.getTracks().forEach((track) => track.stop());

function closeCamera() {
  opening += 1;
  if (stream) stop(stream);
  stream = null;
  $("preview").srcObject = null;
  $("preview").hidden = true;
  $("outline").toggleAttribute("hidden", false);
}

function drawn(source, width, height) {
  const scale = Math.min(1, LONG_SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext("2d").drawImage(source, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/jpeg", 0.92));
}

async function take() {
  const preview = $("preview");
  if (!stream || !preview.videoWidth) return $("selfie-input").click();
  const picture = await drawn(preview, preview.videoWidth, preview.videoHeight);
  await send("selfie", "image", picture);
}

function decoded(file) {
  const picture = new Image();
  picture.src = URL.createObjectURL(file);
  return picture.decode().then(() => picture).finally(() => URL.revokeObjectURL(picture.src));
}

async function smaller(file) {
  try {
    const picture = await decoded(file);
    if (Math.max(picture.naturalWidth, picture.naturalHeight) <= LONG_SIDE && file.type === "image/jpeg") return file;
    return await drawn(picture, picture.naturalWidth, picture.naturalHeight);
  } catch {
    return file; // what this browser cannot decode, the server judges
  }
}

/* ---- sending ---- */
async function post(path, body, headers = {}) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const options = { method: "POST", body, headers, signal: patience.signal, cache: "no-store" };
    return await (await fetch(`${base}/${path}`, options)).json();
  } finally {
    clearTimeout(timer);
  }
}

function offerAgain(text, action) {
  retry = action;
  show("card-again", text);
}

async function send(path, field, file) {
  if (sending) return;
  sending = true;
  show("card-wait", words.wait);
  const form = new FormData();
  form.append(field, file, field);
  try {
    receive(await post(path, form), () => send(path, field, file));
  } catch {
    offerAgain(words.network, () => send(path, field, file));
  } finally {
    sending = false;
  }
}

function receive(answer, action) {
  $("result").dataset.outcome = answer.outcome;
  if (answer.reason === "no_consent") return show("card-consent", answer.message);
  if (answer.outcome === "unavailable" || answer.reason === "too_fast") return offerAgain(answer.message, action);
  if (answer.outcome === "retry") return show(camera, answer.message);
  const query = answer.outcome === "passed" && page.purpose === "query";
  return show("result", query ? words.query : answer.message);
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
let before = ["card-begin", words.begin];
function otherRoutes() {
  before = [current, sentence];
  show("card-other", words.other);
}

async function chosen(input, path, field, prepare) {
  const file = input.files[0];
  if (!file) return;
  const ready = await prepare(file);
  await send(path, field, ready);
  input.value = ""; // the same file may be chosen again
}

$("begin").onclick = () => (consented ? begin() : show("card-consent", words.consent));
$("agree").onclick = agree;
$("decline").onclick = otherRoutes;
$("cannot").onclick = otherRoutes;
$("back").onclick = () => show(...before);
$("leave").onclick = window.leavePage;
$("take").onclick = take;
$("again").onclick = () => retry();
$("selfie-input").onchange = (event) => chosen(event.target, "selfie", "image", smaller);
$("video-input").onchange = (event) => chosen(event.target, "video", "video", async (file) => file);
$("speak").onclick = () => {
  loud = !loud;
  $("speak").textContent = loud ? "朗读：开" : "朗读：关";
  if (loud) speak(sentence);
  else window.speechSynthesis?.cancel();
};
window.addEventListener("pagehide", () => { closeCamera(); window.liveCapture.end(); });
window.addEventListener("pageshow", (event) => {
  if (current === "card-camera") openCamera();
  if (current === "card-live" && event.persisted) begin();
});
