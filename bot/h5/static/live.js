"use strict";
// The guided live capture: camera frames out, one instruction or correction at a time in. Nothing is decided here.
window.liveCapture = (() => {
  // Long side, JPEG quality, milliseconds between frames: from a good line to a poor one.
  const RATES = [[640, 0.72, 150], [560, 0.65, 180], [480, 0.6, 220], [400, 0.5, 320]];
  const WAITING_BYTES = 30000;
  const BETTER_AFTER = 24;
  const STARTS = 3;
  const AGAIN_MS = [800, 1500, 3000, 5000];
  const AWAY_MS = 60000;
  const HINT_MS = 2600;
  const QUIET_MS = 1500;
  const TALK_MS = 5000;
  const CANNOT_MS = 4000;
  const CAMERA_LOST = 4408;
  const REPLACED = 4409;
  const GOING_AWAY = 1001;
  const words = window.pageWords;
  const part = (id) => document.getElementById(id);
  const facing = () => document.body.dataset.facing || "user";
  let run = null;

  function end() {
    if (!run) return;
    const { socket, timers } = run;
    timers.forEach(clearTimeout);
    letGo(run);
    run = null;
    if (socket) socket.close();
  }

  function letGo(mine) {
    if (mine.stream) {
      mine.unwatch();
      window.pageCamera.close(mine.stream);
    }
    mine.stream = null;
    part("live-preview").srcObject = null;
  }

  function later(mine, action, after) {
    mine.timers = mine.timers.slice(-20);
    mine.timers.push(setTimeout(() => run === mine && action(), after));
  }

  // `page` has say(text, queued), show(text), step(prompt), card(name), result(answer), broken(text), impossible(text).
  async function begin(page) {
    end();
    const mine = { page, starts: 0, lost: 0, lostAt: 0, prompted: false, timers: [], rate: 1, calm: 0, prompt: "", hinted: "", quietUntil: 0, talkUntil: 0 };
    run = mine;
    if (!window.pageCamera.possible() || !window.WebSocket) return page.impossible(words.no_camera);
    page.say(words.opening);
    if (!await opened(mine)) return;
    if (facing() === "environment") page.say(words.helper);
    connect(mine);
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
    mine.stream = stream;
    mine.unwatch = window.pageCamera.watch(stream, () => cameraLost(mine));
    part("live-preview").srcObject = stream;
  }

  function troubled(mine, { text, passing }) {
    if (passing) return giveUp(mine, text);
    end();
    return mine.page.impossible(text);
  }

  // The page hangs up first, with the code that gives the start back; in line it keeps its place.
  function cameraLost(mine) {
    if (run !== mine) return;
    const { socket } = mine;
    if (mine.prompted) mine.socket = null;
    reopen(mine);
    if (mine.prompted) socket.close(CAMERA_LOST);
  }

  async function reopen(mine) {
    letGo(mine);
    pause(mine, words.camera_again);
    await window.pageCamera.inSight();
    later(mine, async () => {
      if (await opened(mine) && !connected(mine)) connect(mine);
    }, AGAIN_MS[0]);
  }

  const connected = (mine) => mine.socket && mine.socket.readyState <= WebSocket.OPEN;

  function pause(mine, text) {
    if (connected(mine)) return;
    part("card-live").dataset.line = "lost";
    mine.page.card("card-live");
    mine.page.say(text);
  }

  function connect(mine) {
    const base = location.pathname.replace(/\/+$/, "");
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${base}/live`);
    mine.socket = socket;
    mine.prompted = false;
    socket.onmessage = (event) => run === mine && socket === mine.socket && hear(mine, JSON.parse(event.data));
    socket.onclose = (event) => run === mine && socket === mine.socket && lost(mine, event.code);
  }

  // A start is used up only where a prompt was heard, and not when the service itself sent everybody away.
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

  function hear(mine, said) {
    part("card-live").dataset.line = "";
    mine.unable = false;
    if (said.type === "queue") return queued(mine, said.place);
    if (said.type === "prompt") return prompted(mine, said);
    if (said.type === "hint") return hinted(mine, said);
    if (said.type === "progress") return window.ring.extent(said);
    if (said.type !== "result") return null; // a newer service may say more than this page knows
    const { page } = mine;
    end();
    return page.result(said);
  }

  function queued(mine, place) {
    part("place").textContent = place;
    mine.page.card("card-queue");
    mine.page.say(words.line.replace("{place}", place));
  }

  function prompted(mine, said) {
    const first = !mine.prompted;
    mine.prompted = true;
    mine.prompt = said.text;
    mine.hinted = "";
    mine.page.card("card-live");
    part("card-live").dataset.action = said.action;
    window.figure.draw(part("live-figure"), said.action);
    mine.page.step(said);
    const wait = Math.max(0, mine.quietUntil - Date.now());
    const tell = () => mine.prompt === said.text && mine.page.say(said.text, Date.now() < mine.talkUntil);
    if (wait) later(mine, tell, wait);
    else tell();
    if (first) send(mine, mine.socket);
  }

  // One correction at a time in the sentence's place, spoken once; then the instruction stands again.
  function hinted(mine, said) {
    if (mine.hinted) return;
    mine.hinted = said.text;
    mine.page.say(said.text);
    if (said.reason === "challenge_failed") {
      mine.quietUntil = Date.now() + QUIET_MS; // "once more" stands a moment before the first prompt of the new draw,
      mine.talkUntil = Date.now() + TALK_MS; // and is spoken to its end
    }
    later(mine, () => {
      if (mine.hinted !== said.text) return;
      mine.hinted = "";
      mine.page.show(mine.prompt);
    }, HINT_MS);
  }

  // "I cannot do this movement": the service asks for another one, or ends; silence means neither is to be had.
  function cannot(otherwise) {
    const mine = run;
    if (!mine || !mine.prompted || mine.socket.readyState !== WebSocket.OPEN) return otherwise();
    mine.unable = true;
    mine.socket.send(JSON.stringify({ type: "cannot" }));
    return later(mine, () => mine.unable && otherwise(), CANNOT_MS);
  }

  // Smaller and fewer frames while the last ones are still on their way; better again after a calm while.
  async function send(mine, socket) {
    if (run !== mine || socket !== mine.socket || socket.readyState !== WebSocket.OPEN) return;
    const waiting = socket.bufferedAmount > WAITING_BYTES;
    mine.calm = waiting ? 0 : mine.calm + 1;
    if (waiting) mine.rate = Math.min(RATES.length - 1, mine.rate + 1);
    if (mine.calm > BETTER_AFTER) Object.assign(mine, { rate: Math.max(0, mine.rate - 1), calm: 0 });
    const [side, quality, gap] = RATES[mine.rate];
    const picture = waiting ? null : await frame(mine, side, quality);
    if (picture && run === mine && socket.readyState === WebSocket.OPEN) socket.send(picture);
    later(mine, () => send(mine, socket), gap);
  }

  function frame(mine, side, quality) {
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

  return { begin, end, cannot };
})();
