"use strict";
// How much the connection can carry: the size and pace of frames, from the time until the service acknowledges each.
window.framePace = (() => {
  // Long side, JPEG quality, milliseconds between frames: from a good connection to a poor one. Below a long side of 480
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
  const SILENT_MS = 8000;

  const fresh = () => ({ rate: FIRST, sent: 0, underway: [], acknowledges: false, began: 0, calm: 0, told: 0 });

  function move(pace, by) {
    pace.rate = Math.min(RATES.length - 1, Math.max(0, pace.rate + by));
    pace.calm = 0;
  }

  function full(pace, now) {
    if (!pace.acknowledges && pace.sent && now - pace.began > UNANSWERED_MS) return false;
    return pace.underway.length >= MOST_UNDERWAY;
  }

  // What to send now: [long side, quality], or null while earlier frames are still on their way.
  function next(pace, waiting, now) {
    if (full(pace, now)) return null;
    if (waiting > WAITING_BYTES) {
      move(pace, 1);
      return null;
    }
    return RATES[pace.rate];
  }

  // Milliseconds until the next frame, after one was sent or none could be.
  const gap = (pace, sent) => (sent ? RATES[pace.rate][2] : AGAIN_MS);

  function sent(pace, now) {
    if (!pace.sent) pace.began = now;
    pace.sent += 1;
    pace.underway.push({ frame: pace.sent, at: now, rate: pace.rate });
    if (!pace.acknowledges) pace.underway = pace.underway.slice(-MOST_UNDERWAY);
  }

  // The newest acknowledgement covers all frames before it. A frame of another size says nothing about this one.
  function acknowledged(pace, frame, now) {
    pace.acknowledges = true;
    const [newest] = pace.underway.filter((one) => one.frame === frame);
    pace.underway = pace.underway.filter((one) => one.frame > frame);
    if (newest && newest.rate === pace.rate) judge(pace, now - newest.at);
  }

  // Whether nothing has been acknowledged for long, once for each such time: a browser learns late that its line is gone.
  function silent(pace, now) {
    const [oldest] = pace.underway;
    if (!pace.acknowledges || !oldest || now - Math.max(oldest.at, pace.told) < SILENT_MS) return false;
    pace.told = now;
    return true;
  }

  function judge(pace, took) {
    if (took > SLOW_MS) return move(pace, 1);
    pace.calm = took < QUICK_MS ? pace.calm + 1 : 0;
    return pace.calm < BETTER_AFTER ? null : move(pace, -1);
  }

  return { fresh, next, gap, sent, acknowledged, silent };
})();
