"""Fake cameras for the page: a canvas on which the packaged portrait follows the prompts, and films.

Both give ten pictures a second, more than the page sends; without a GPU each picture is expensive.
"""

import base64
import functools
import json

import cv2

from tests.integration.capture.live.test_live_capture import POSES
from tests.support.faces.portrait_model import turned_portrait

CAMERA = """
const poses = POSES;
const pictures = {};
for (const name in poses) {
  const bytes = Uint8Array.from(atob(poses[name]), (letter) => letter.charCodeAt(0));
  pictures[name] = new Image();
  pictures[name].src = URL.createObjectURL(new Blob([bytes]));
}
const canvas = document.createElement("canvas");
canvas.width = 360; canvas.height = 480;
const paint = canvas.getContext("2d");
let shown = "centre", asked = "centre";
const picture = () => {
  const action = document.getElementById("card-live")?.dataset.action || "centre";
  if (window.frozen) return;
  if (action !== asked) { asked = action; setTimeout(() => { shown = action; }, 500); }
  const seen = pictures[FOLLOWS && shown in pictures ? shown : "centre"];
  paint.drawImage(seen, 0, 0, canvas.width, canvas.height);
  for (let dot = 0; dot < 60; dot++) {
    paint.fillStyle = `rgba(${Math.random() * 255},99,99,.15)`;
    paint.fillRect(Math.random() * canvas.width, Math.random() * canvas.height, 3, 3);
  }
};
setInterval(picture, EVERY);
window.cameras = 0;
navigator.mediaDevices.getUserMedia = async () => {
  window.cameras += 1;
  window.frozen = false;
  const stream = canvas.captureStream(10);
  [window.track] = stream.getVideoTracks();
  picture();
  return stream;
};
"""

HURRIED = """
const [timer, clock] = [window.setTimeout, Date.now.bind(Date)];
let [pace, real, hurried] = [10, clock(), clock()];
window.setTimeout = (act, after, ...rest) => timer(act, after / pace, ...rest);
Date.now = () => hurried + pace * (clock() - real);
window.stopHurrying = () => { [hurried, real, pace] = [Date.now(), clock(), 1]; };
"""
"""Makes the page's time run ten times as fast until `stopHurrying()`; a slow machine then is no slow line."""


@functools.cache
def camera_script(*, follows, every=100):
    """Return the script that replaces the camera by the canvas, repainted every `every` milliseconds."""
    poses = {
        action: base64.b64encode(cv2.imencode(".jpg", turned_portrait(*pose))[1].tobytes()).decode()
        for action, pose in POSES.items()
        if follows or action == "centre"
    }
    script = CAMERA.replace("FOLLOWS", json.dumps(follows)).replace("EVERY", str(every))
    return script.replace("POSES", json.dumps(poses))


def y4m_film(pictures):
    """Return a film of BGR pictures of one size, ten a second, for Chromium to play as a camera."""
    height, width = pictures[0].shape[:2]
    frames = [cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420).tobytes() for picture in pictures]
    return f"YUV4MPEG2 W{width} H{height} F10:1\n".encode() + b"".join(b"FRAME\n" + frame for frame in frames)
