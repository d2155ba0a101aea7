"use strict";
// The guided live capture: camera frames out, one instruction or correction at a time in. Nothing is decided here.
window.liveCapture = (() => {
  const WIDTH = 480;
  const STARTS = 3;
  const RECONNECT_MS = 1500;
  const HINT_MS = 2500;
  const words = {
    opening: "请点“允许”，打开摄像头。",
    none: "这部手机不能现场刷脸，没关系，还有别的办法。",
    again: "网络断了一下，正在重新连接，请稍等。",
    broken: "网络不太稳，请点“再试一次”。",
  };
  const part = (id) => document.getElementById(id);
  let run = null;

  function end() {
    if (!run) return;
    const { socket, stream, timers } = run;
    timers.forEach(clearTimeout);
    run = null;
    if (socket) socket.close();
    if (stream) stream.getTracks().forEach((track) => track.stop());
    part("live-preview").srcObject = null;
  }

  // `page` has say(text), result(answer), broken(text), impossible(text).
  async function begin(page) {
    end();
    const mine = { page, starts: 0, timers: [], quality: 0.75, gap: 125, done: false, prompt: "", hinted: "" };
    run = mine;
    if (!navigator.mediaDevices?.getUserMedia || !window.WebSocket) return page.impossible(words.none);
    page.say(words.opening);
    try {
      const video = { facingMode: "user", width: { ideal: 640 }, height: { ideal: 480 } };
      const stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
      if (run !== mine) return stream.getTracks().forEach((track) => track.stop());
      mine.stream = stream;
      part("live-preview").srcObject = stream;
      connect(mine);
    } catch {
      if (run === mine) page.impossible(words.none);
    }
  }

  function connect(mine) {
    mine.starts += 1;
    const base = location.pathname.replace(/\/+$/, "");
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${base}/live`);
    mine.socket = socket;
    socket.onmessage = (event) => run === mine && hear(mine, JSON.parse(event.data));
    socket.onclose = () => run === mine && socket === mine.socket && !mine.done && lost(mine);
  }

  function lost(mine) {
    if (mine.starts >= STARTS) {
      const { page } = mine;
      end();
      return page.broken(words.broken);
    }
    mine.page.say(words.again);
    mine.timers.push(setTimeout(() => run === mine && connect(mine), RECONNECT_MS));
  }

  function hear(mine, said) {
    if (said.type === "prompt") return prompted(mine, said);
    if (said.type === "hint") return hinted(mine, said.text);
    mine.done = true;
    const { page } = mine;
    end();
    return page.result(said);
  }

  function prompted(mine, said) {
    mine.prompt = said.text;
    mine.hinted = "";
    part("card-live").dataset.action = said.action;
    part("live-ring").style.strokeDashoffset = String(100 - (100 * (said.step - 1)) / said.steps);
    mine.page.say(said.text);
    if (said.step === 1) send(mine, mine.socket);
  }

  // One correction at a time, spoken once; then the instruction stands again.
  function hinted(mine, text) {
    if (mine.hinted) return;
    mine.hinted = text;
    mine.page.say(text);
    mine.timers.push(setTimeout(() => {
      if (run !== mine || mine.hinted !== text) return;
      mine.hinted = "";
      mine.page.show(mine.prompt);
    }, HINT_MS));
  }

  // Eight frames a second on a good line; fewer and smaller ones while the last are still on their way.
  async function send(mine, socket) {
    if (run !== mine || socket !== mine.socket || socket.readyState !== WebSocket.OPEN) return;
    const waiting = socket.bufferedAmount > 40000;
    mine.gap = waiting ? Math.min(300, mine.gap + 25) : Math.max(125, mine.gap - 5);
    mine.quality = waiting ? Math.max(0.5, mine.quality - 0.05) : Math.min(0.75, mine.quality + 0.01);
    const picture = waiting ? null : await frame(mine);
    if (picture && run === mine && socket.readyState === WebSocket.OPEN) socket.send(picture);
    mine.timers.push(setTimeout(() => send(mine, socket), mine.gap));
    if (mine.timers.length > 50) mine.timers.splice(0, 25);
  }

  function frame(mine) {
    const video = part("live-preview");
    if (!video.videoWidth) return null;
    const canvas = (mine.canvas ??= document.createElement("canvas"));
    const scale = Math.min(1, WIDTH / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height); // not mirrored: left stays left
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", mine.quality));
  }

  return { begin, end };
})();
