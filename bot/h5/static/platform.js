"use strict";
// The face check that WeChat makes itself: this page hands it a key and returns its answer to the service.
(() => {
  const $ = (id) => document.getElementById(id);
  const page = $("wechat-face").dataset;
  const words = JSON.parse(page.words);
  const base = location.pathname.replace(/\/+$/, "");
  const cards = ["card-consent", "card-start", "card-again", "card-wait"];
  const PATIENCE_MS = 20000;
  let retry = () => {};

  function show(card, text) {
    for (const id of cards) $(id).hidden = id !== card;
    window.setPhrases($("message"), text);
  }

  function offerAgain(text, action) {
    retry = action;
    show("card-again", text);
  }

  async function post(path, body) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      const headers = { "Content-Type": "application/json" };
      const options = { method: "POST", body: JSON.stringify(body), headers, signal: patience.signal, cache: "no-store" };
      return await (await fetch(`${base}/${path}`, options)).json();
    } finally {
      clearTimeout(timer);
    }
  }

  function receive(answer, action) {
    $("wechat-face").dataset.outcome = answer.outcome;
    if (answer.reason === "no_consent") return show("card-consent", answer.message);
    if (answer.outcome === "unavailable" || answer.reason === "too_fast") return offerAgain(answer.message, action);
    $("other-ways").hidden = answer.outcome === "passed";
    return show(answer.outcome === "retry" ? "card-start" : "", answer.message);
  }

  async function agree() {
    show("card-wait", words.opening);
    try {
      const answer = await post("consent", { agree: true, version: page.version });
      if (answer.outcome === "passed") show("card-start", words.ready);
      else receive(answer, agree);
    } catch (error) {
      offerAgain(words.offline, agree);
    }
  }

  const invoke = (name, asked) => new Promise((done) => window.wx.invoke(name, asked, done));

  function configure(config) {
    return new Promise((done, refused) => {
      window.wx.config(config);
      window.wx.ready(done);
      window.wx.error(refused);
    });
  }

  // WeChat may also give a result with an error: the server asks what it stands for.
  async function verify({ config, asked }) {
    try {
      await configure(config);
      const supported = await invoke("checkIsSupportFaceDetect", {});
      if (Number(supported.err_code) !== 0) throw new Error("not supported");
    } catch (error) {
      return show("card-start", words.not_supported);
    }
    const { verify_result: proof } = await invoke("requestWxFacePictureVerify", asked);
    return proof ? handIn(proof) : show("card-start", words.not_finished);
  }

  async function handIn(proof) {
    const again = () => handIn(proof);
    show("card-wait", words.checking);
    try {
      receive(await post("wechat-face/result", { verify_result: proof }), again);
    } catch (error) {
      offerAgain(words.offline, again);
    }
  }

  async function start() {
    show("card-wait", words.opening);
    let answer = null;
    try {
      answer = await post("wechat-face", { url: location.href.split("#")[0] });
    } catch (error) {
      return offerAgain(words.offline, start);
    }
    return answer.asked ? verify(answer) : receive(answer, start);
  }

  $("agree").onclick = agree;
  $("decline").onclick = () => show("card-consent", words.declined);
  $("start").onclick = start;
  $("again").onclick = () => retry();
  if (page.consented === "yes") show("card-start", words.ready);
  else show("card-consent", words.consent);
})();
