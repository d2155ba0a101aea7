"use strict";
// The page's voice: the office's recording of a sentence, else the phone's own voice, else a tone and a tremble.
window.pageVoice = (() => {
  const LATE_MS = 1500;
  const TONES = [[660, 0], [880, 0.14]]; // hertz, seconds
  const recordings = JSON.parse(document.body.dataset.recordings || "{}");
  const button = document.getElementById("speak");
  const words = window.pageWords;
  const synthesis = window.speechSynthesis;
  let loud = true;
  const player = new Audio(); // one for all: phones let only those play that a tap has started once
  let sounds = null;
  let mute = !synthesis;

  // Some phones have the interface and no voice; those that load their voices late say so.
  const speaks = ({ lang }) => lang.toLowerCase().replace("cmn", "zh").slice(0, 2) === words.voice.slice(0, 2);

  function look() {
    mute = !synthesis || Boolean(synthesis.getVoices && !synthesis.getVoices().some(speaks));
    button.hidden = mute && !Object.keys(recordings).length;
  }

  function hush() {
    player.pause();
    if (synthesis) synthesis.cancel();
  }

  function utter(text) {
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = words.voice;
    spoken.rate = 0.9;
    synthesis.speak(spoken);
  }

  function play(address) {
    player.src = address;
    player.play().catch(mark);
  }

  function mark() {
    if (navigator.vibrate) navigator.vibrate(80);
    const Sounds = window.AudioContext || window.webkitAudioContext;
    if (!Sounds) return;
    sounds = sounds || new Sounds();
    for (const [hertz, after] of TONES) {
      const tone = sounds.createOscillator();
      const volume = sounds.createGain();
      tone.frequency.value = hertz;
      volume.gain.value = 0.15;
      tone.connect(volume);
      volume.connect(sounds.destination);
      tone.start(sounds.currentTime + after);
      tone.stop(sounds.currentTime + after + 0.12);
    }
  }

  // `queued` words come after those under way; others cut them off.
  function say(text, queued) {
    if (!loud) return;
    try {
      if (!queued) hush();
      if (recordings[text]) play(recordings[text]);
      else if (mute) mark();
      else utter(text);
    } catch { /* silence is no reason to stop */ }
  }

  function toggle(text) {
    loud = !loud;
    button.textContent = loud ? words.voice_on : words.voice_off;
    if (loud) say(text);
    else hush();
  }

  if (synthesis && synthesis.addEventListener) synthesis.addEventListener("voiceschanged", look);
  if (synthesis) setTimeout(look, LATE_MS);
  else look();
  return { say, toggle };
})();
