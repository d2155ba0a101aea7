"use strict";
// How much the line bears: the size of frames and their pace, from the time until the service acknowledges each.
window.frameLine = (() => {
  // Long side, JPEG quality, milliseconds between frames: from a good line to a poor one. Below a long side of 480
  // faces are harder to recognise, so the quality falls first.
  const RATES = [[640, 0.72, 150], [560, 0.65, 180], [480, 0.6, 220], [480, 0.42, 300], [400, 0.42, 350], [320, 0.45, 400]];
  const FIRST = 2;
  const MOST_UNDERWAY = 2;
  const WAITING_BYTES = 30000;
  const SLOW_MS = 1500;
  const QUICK_MS = 600;
  const BETTER_AFTER = 8;
  const UNANSWERED_MS = 4000; // a service that has acknowledged nothing by then never will
  const AGAIN_MS = 50;

  const fresh = () => ({ rate: FIRST, sent: 0, underway: [], acknowledges: false, began: 0, calm: 0 });

  function move(line, by) {
    line.rate = Math.min(RATES.length - 1, Math.max(0, line.rate + by));
    line.calm = 0;
  }

  function full(line, now) {
    if (!line.acknowledges && line.sent && now - line.began > UNANSWERED_MS) return false;
    return line.underway.length >= MOST_UNDERWAY;
  }

  // What to send now: [long side, quality], or null while the frames before are still on their way.
  function next(line, waiting, now) {
    if (full(line, now)) return null;
    if (waiting > WAITING_BYTES) {
      move(line, 1);
      return null;
    }
    return RATES[line.rate];
  }

  // Milliseconds until the next frame, after one was sent or none could be.
  const gap = (line, sent) => (sent ? RATES[line.rate][2] : AGAIN_MS);

  function sent(line, now) {
    if (!line.sent) line.began = now;
    line.sent += 1;
    line.underway.push({ frame: line.sent, at: now, rate: line.rate });
    if (!line.acknowledges) line.underway = line.underway.slice(-MOST_UNDERWAY);
  }

  // The newest acknowledgement covers all frames before it. A frame of another size says nothing of this one.
  function acknowledged(line, frame, now) {
    line.acknowledges = true;
    const [newest] = line.underway.filter((one) => one.frame === frame);
    line.underway = line.underway.filter((one) => one.frame > frame);
    if (newest && newest.rate === line.rate) judge(line, now - newest.at);
  }

  function judge(line, took) {
    if (took > SLOW_MS) return move(line, 1);
    line.calm = took < QUICK_MS ? line.calm + 1 : 0;
    return line.calm < BETTER_AFTER ? null : move(line, -1);
  }

  return { fresh, next, gap, sent, acknowledged };
})();
