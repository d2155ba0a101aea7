"use strict";
// The guided live capture: camera frames out, one instruction or correction at a time in. Nothing is decided here.
window.liveCapture = (() => {
  const STARTS = 3;
  const CAMERA_LOSSES = 3; // of one try: a camera that never stays leaves the recorded video
  const AGAIN_MS = [800, 1500, 3000, 5000];
  const AWAY_MS = 60000;
  const HINT_MS = 2600;
  const QUIET_MS = 1500;
  const TALK_MS = 5000;
  const CANNOT_MS = 4000;
  const SPOKEN_MS = 6000; // longest wait for a prompt's voice before its clock starts
  const CONNECT_MS = 10000;
  const CAMERA_LOST = 4408;
  const REPLACED = 4409;
  const GOING_AWAY = 1001;
  const words = window.pageWords;
  const part = (id) => document.getElementById(id);
  const facing = () => document.body.dataset.facing || "user";
  let run = null;

  function end(...code) {
    if (!run) return;
    const { socket, timers } = run;
    timers.forEach(clearTimeout);
    letGo(run);
    run = null;
    if (socket) socket.close(...code);
  }

  // A phone whose camera takes the memory loads the page again: this counts as a lost camera, once a movement was asked for.
  function goAway() {
    if (run && run.prompted && run.step > 1) end(CAMERA_LOST);
    else end();
  }

  function letGo(mine) {
    if (mine.stream) {
      mine.unwatch();
      window.pageCamera.close(mine.stream);
    }
    mine.stream = null;
    part("live-preview").srcObject = null;
    part("card-live").dataset.fit = "";
  }

  function later(mine, action, after) {
    mine.timers = mine.timers.slice(-20);
    mine.timers.push(setTimeout(() => run === mine && action(), after));
  }

  // `page` has say(text, queued), which resolves when it is said, show(text), step(prompt), card(name), slow(),
  // result(answer), broken(text), impossible(text).
  async function begin(page) {
    end();
    const mine = { page, starts: 0, lost: 0, lostAt: 0, losses: 0, prompted: false, timers: [], pace: null, step: 0, prompt: "", hinted: "", quietUntil: 0, talkUntil: 0 };
    run = mine;
    if (!window.pageCamera.possible() || !window.WebSocket) return page.impossible(words.no_camera);
    page.say(words.opening);
    if (!await opened(mine)) return;
    if (facing() === "environment") page.say(words.helper);
    await lit(mine);
  }

  // The first prompt comes when there is light to see it by.
  async function lit(mine) {
    const { stream } = mine;
    await window.faceLight.enough(part("live-preview"));
    if (run === mine && stream === mine.stream && !connected(mine)) connect(mine);
  }

  async function opened(mine) {
    try {
      const stream = await window.pageCamera.open(facing(), 640, 480);
      if (run !== mine) window.pageCamera.close(stream);
      else take(mine, stream);
    } catch (error) {
      if (run === mine) troubled(mine, window.pageCamera.trouble(error));
    }
    return run === mine;
  }

  function take(mine, stream) {
    letGo(mine); // it may have been lost twice before it came
    mine.stream = stream;
    const video = part("live-preview");
    window.pageCamera.play(stream, video);
    mine.unwatch = watched(mine, stream, video);
  }

  function watched(mine, stream, video) {
    const stops = [
      window.pageCamera.watch(stream, () => cameraLost(mine)),
      window.faceLight.watch(video, () => seenHere(mine, "too_dark")),
      window.faceFinder.watch(video, (fault, sure) => placed(mine, fault, sure)),
    ];
    return () => stops.forEach((stop) => stop());
  }

  // What the phone itself has seen, in the service's words; it does not matter in the queue before the capture.
  function seenHere(mine, reason) {
    if (run === mine && !mine.inLine) hinted(mine, { reason, text: words[reason] });
  }

  // The oval reacts at once; words follow if this holds up the first rest.
  function placed(mine, fault, sure) {
    part("card-live").dataset.fit = fault;
    if (sure && fault && mine.step <= 1) seenHere(mine, fault);
  }

  function troubled(mine, { text, passing }) {
    if (passing) return giveUp(mine, text);
    end();
    return mine.page.impossible(text);
  }

  // The page disconnects first, with the code that gives the start back; in the queue it keeps its place.
  function cameraLost(mine) {
    if (run !== mine) return;
    const { socket } = mine;
    if (mine.prompted) mine.socket = null;
    reopen(mine);
    if (mine.prompted) socket.close(CAMERA_LOST);
  }

  async function reopen(mine) {
    mine.losses += 1;
    if (mine.losses >= CAMERA_LOSSES) return unsteady(mine);
    letGo(mine);
    pause(mine, words.camera_again);
    await window.pageCamera.inSight();
    return later(mine, async () => {
      if (await opened(mine) && !connected(mine)) lit(mine);
    }, AGAIN_MS[0]);
  }

  function unsteady({ page }) {
    end();
    return page.impossible(words.live_unreadable);
  }

  const isOpen = (mine) => mine.socket && mine.socket.readyState === WebSocket.OPEN;
  const connected = (mine) => mine.socket && mine.socket.readyState <= WebSocket.OPEN;

  function pause(mine, text) {
    if (connected(mine)) return;
    part("card-live").dataset.connection = "lost";
    mine.page.card("card-live");
    mine.page.say(text);
  }

  function connect(mine) {
    const base = location.pathname.replace(/\/+$/, "");
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${base}/live`);
    mine.socket = socket;
    mine.prompted = false;
    mine.pace = window.framePace.fresh();
    socket.onmessage = (event) => run === mine && socket === mine.socket && hear(mine, JSON.parse(event.data));
    later(mine, () => socket.readyState === WebSocket.CONNECTING && socket.close(), CONNECT_MS);
    socket.onclose = (event) => run === mine && socket === mine.socket && lost(mine, event.code);
  }

  // A start is used up only if a prompt has arrived, and not if the service itself sent everybody away.
  function lost(mine, code) {
    mine.socket = null;
    if (code === REPLACED) return giveUp(mine, words.elsewhere);
    if (code === CAMERA_LOST) return reopen(mine);
    const now = Date.now();
    if (mine.prompted && code !== GOING_AWAY) mine.starts += 1;
    if (mine.prompted || !mine.lostAt) Object.assign(mine, { lost: 0, lostAt: now });
    if (mine.starts >= STARTS || now - mine.lostAt > AWAY_MS) return giveUp(mine, words.offline);
    pause(mine, words.reconnecting);
    later(mine, () => connect(mine), AGAIN_MS[Math.min(mine.lost++, AGAIN_MS.length - 1)]);
  }

  function giveUp(mine, text) {
    const { page } = mine;
    end();
    page.broken(text);
  }

  // By type; a newer service may send more types than this page knows.
  const heard = {
    ack: (mine, { frame: count }) => window.framePace.acknowledged(mine.pace, count, Date.now()),
    progress: (mine, said) => window.ring.extent(said),
    queue: queued,
    prompt: prompted,
    hint: answered,
    result: ended,
  };

  function hear(mine, said) {
    part("card-live").dataset.connection = "";
    if (heard[said.type]) heard[said.type](mine, said);
  }

  function ended({ page }, said) {
    end();
    page.result(said);
  }

  function answered(mine, said) {
    if (said.reason === "slow_line") mine.page.slow();
    hinted(mine, said);
  }

  function queued(mine, { place }) {
    mine.inLine = true;
    part("place").textContent = place;
    mine.page.card("card-queue");
    mine.page.say(words.queue.replace("{place}", place));
  }

  function prompted(mine, said) {
    const first = !mine.prompted;
    mine.prompted = true;
    mine.inLine = false;
    mine.unable = false;
    mine.step = said.step;
    mine.prompt = said.text;
    mine.hinted = "";
    mine.page.card("card-live");
    part("card-live").dataset.action = said.action;
    window.figure.draw(part("live-figure"), said.action);
    mine.page.step(said);
    const wait = Math.max(0, mine.quietUntil - Date.now());
    const tell = () => mine.step === said.step && tellPrompt(mine, said);
    if (wait) later(mine, tell, wait);
    else tell();
    if (first) send(mine, mine.socket);
  }

  // The clock of a step starts when its prompt is shown and spoken. The first rest waits for no words: it may be over
  // before them, and the service learns that this page says so.
  async function tellPrompt(mine, said) {
    const { socket } = mine;
    const late = new Promise((done) => { setTimeout(done, SPOKEN_MS); });
    const spoken = Promise.race([mine.page.say(said.text, Date.now() < mine.talkUntil), late]);
    if (said.step > 1) await spoken;
    if (run !== mine || socket !== mine.socket || mine.step !== said.step) return;
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: "shown", step: said.step }));
  }

  // One correction at a time instead of the sentence, spoken once; then the instruction is shown again.
  function hinted(mine, said) {
    if (mine.hinted && said.reason !== "challenge_failed") return;
    mine.hinted = said.text;
    mine.page.say(said.text);
    if (said.reason === "challenge_failed") {
      mine.quietUntil = Date.now() + QUIET_MS; // "once more" stands a moment before the first prompt of the new draw,
      mine.talkUntil = Date.now() + TALK_MS; // and is spoken to its end
    }
    later(mine, () => {
      if (mine.hinted !== said.text) return;
      mine.hinted = "";
      if (mine.prompt) mine.page.show(mine.prompt);
    }, HINT_MS);
  }

  // "I cannot do this movement": the service asks for another one, or ends; silence means that it can do neither.
  // Until the next movements are asked for, a further tap means the same one.
  function cannot(otherwise) {
    const mine = run;
    if (!mine || !mine.prompted || !isOpen(mine)) return otherwise();
    if (mine.unable || Date.now() < mine.quietUntil) return null;
    mine.unable = true;
    mine.socket.send(JSON.stringify({ type: "cannot" }));
    return later(mine, () => mine.unable && otherwise(), CANNOT_MS);
  }

  async function send(mine, socket) {
    if (run !== mine || socket !== mine.socket || socket.readyState !== WebSocket.OPEN) return;
    if (window.framePace.silent(mine.pace, Date.now())) answered(mine, { reason: "slow_line", text: words.slow_line });
    const size = window.framePace.next(mine.pace, socket.bufferedAmount, Date.now());
    const picture = size && await frame(mine, size);
    const goes = picture && run === mine && socket.readyState === WebSocket.OPEN;
    if (goes) {
      socket.send(picture);
      window.framePace.sent(mine.pace, Date.now());
    }
    later(mine, () => send(mine, socket), window.framePace.gap(mine.pace, goes));
  }

  function frame(mine, [side, quality]) {
    const video = part("live-preview");
    if (!video.videoWidth) return null;
    mine.canvas = mine.canvas || document.createElement("canvas");
    const { canvas } = mine;
    const scale = Math.min(1, side / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height); // not mirrored: left stays left
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
  }

  return { begin, end, goAway, cannot };
})();
