"use strict";
// The page's voice: the sound of a sentence, else the phone's own voice, else a tone and a vibration.
window.pageVoice = (() => {
  const LATE_MS = 1500;
  const LONGEST_MS = 15000; // a sound that a phone call stopped must not keep the next one waiting
  const TONES = [[660, 0], [880, 0.14]]; // hertz, seconds
  const TONES_MS = 300;
  const OFF = "off";
  const { voices = [], version = "", keys = {} } = JSON.parse(document.body.dataset.sounds || "{}");
  const modes = [...(voices.length ? voices : ["phone"]), OFF];
  const button = document.getElementById("speak");
  const words = window.pageWords;
  const labels = { yue: words.voice_yue, off: words.voice_off };
  const synthesis = window.speechSynthesis;
  const player = new Audio(); // one for all: phones only play those that a tap has started once
  let context = null;
  let mute = !synthesis;
  let mode = modes[0];
  let turn = 0;
  let under = Promise.resolve(); // what is being said
  let marking = false;
  let settle = () => {};

  // Some phones have the interface and no voice; those that load their voices late say so.
  const speaks = ({ lang }) => lang.toLowerCase().replace("cmn", "zh").slice(0, 2) === words.voice.slice(0, 2);

  function look() {
    mute = !synthesis || Boolean(synthesis.getVoices && !synthesis.getVoices().some(speaks));
    button.hidden = mute && !voices.length;
  }

  function hush() {
    turn += 1;
    settle();
    player.pause();
    if (synthesis) synthesis.cancel();
  }

  function utter(text) {
    return new Promise((done) => {
      const spoken = new SpeechSynthesisUtterance(text);
      spoken.lang = words.voice;
      spoken.rate = 0.9;
      spoken.onend = done;
      spoken.onerror = done;
      settle = done;
      synthesis.speak(spoken);
      setTimeout(done, LONGEST_MS);
    });
  }

  const address = (key) => `/h5/voice/${mode}/${key}.${version}.mp3`;

  // The prompts are on the phone before the camera's pictures need the connection.
  function fetchPrompts() {
    if (!voices.includes(mode)) return;
    const prompts = Object.keys(keys).map((text) => keys[text]).filter((key) => key.startsWith("prompt-"));
    for (const key of prompts) fetch(address(key)).catch(() => {});
  }

  function play(key) {
    return new Promise((done, fail) => {
      settle = done;
      player.onended = done;
      player.onerror = fail;
      player.src = address(key);
      player.play().catch(fail);
      setTimeout(done, LONGEST_MS);
    });
  }

  function sounding() {
    const Sounds = window.AudioContext || window.webkitAudioContext;
    if (Sounds && !context) context = new Sounds();
    return context;
  }

  function mark() {
    if (navigator.vibrate) navigator.vibrate(80);
    if (!sounding()) return null;
    for (const [hertz, after] of TONES) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = hertz;
      volume.gain.value = 0.15;
      tone.connect(volume);
      volume.connect(context.destination);
      tone.start(context.currentTime + after);
      tone.stop(context.currentTime + after + 0.12);
    }
    return new Promise((done) => { setTimeout(done, TONES_MS); });
  }

  async function aloud(text, mine) {
    if (keys[text]) {
      try {
        return await play(keys[text]);
      } catch { /* no sound available: as if there were none */ }
    }
    if (mine !== turn) return null;
    return mute ? mark() : utter(text);
  }

  // Resolves when it is said. `queued` words come after those under way; others cut them off.
  function say(text, queued) {
    if (mode === OFF) return Promise.resolve();
    if (!queued) hush();
    const mine = turn;
    const speak = () => (mine === turn ? aloud(text, mine) : null);
    under = (queued || marking ? under.then(speak) : speak()).catch(() => {}); // silence is no reason to stop
    return under;
  }

  // A tone and a vibration before the words of a new step.
  function step() {
    if (mode === OFF) return;
    hush();
    marking = true;
    under = Promise.resolve(mark()).catch(() => {}).then(() => { marking = false; });
  }

  // Phones play no tone that did not begin inside a tap; the first one is the tap on the page's own button.
  function unlock() {
    try {
      if (sounding() && context.resume) context.resume();
    } catch { /* the sentences are heard all the same */ }
    fetchPrompts();
  }

  function label() {
    button.textContent = labels[mode] || words.voice_on;
  }

  // From voice to voice, then silence.
  function toggle(text) {
    mode = modes[(modes.indexOf(mode) + 1) % modes.length];
    label();
    remember();
    if (mode === OFF) hush();
    else say(text);
  }

  function remember() {
    try { if (mode !== OFF) localStorage.setItem("voice", mode); } catch { /* private window */ }
  }

  function remembered() {
    try { return localStorage.getItem("voice"); } catch { return null; }
  }

  if (voices.includes(remembered())) mode = remembered();
  label();
  document.addEventListener("click", unlock, { capture: true, once: true });
  if (synthesis && synthesis.addEventListener) synthesis.addEventListener("voiceschanged", look);
  if (synthesis) setTimeout(look, LATE_MS);
  else look();
  return { say, step, toggle };
})();
