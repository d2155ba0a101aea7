"""A camera for the page: a canvas on which the packaged portrait does, or does not do, what the page asks."""

import base64
import json

import cv2

from tests.integration.capture.test_live_capture import POSES
from tests.support.faces.portrait_model import turned

CAMERA = """
const poses = POSES;
const pictures = {};
for (const name in poses) {
  const bytes = Uint8Array.from(atob(poses[name]), (letter) => letter.charCodeAt(0));
  pictures[name] = new Image();
  pictures[name].src = URL.createObjectURL(new Blob([bytes]));
}
const canvas = document.createElement("canvas");
canvas.width = 480; canvas.height = 640;
const paint = canvas.getContext("2d");
let shown = "centre", asked = "centre";
setInterval(() => {
  const action = document.getElementById("card-live")?.dataset.action || "centre";
  if (window.frozen) return;
  if (action !== asked) { asked = action; setTimeout(() => { shown = action; }, 500); }
  paint.drawImage(pictures[FOLLOWS && shown in pictures ? shown : "centre"], 0, 0);
  for (let dot = 0; dot < 200; dot++) {
    paint.fillStyle = `rgba(${Math.random() * 255},99,99,.15)`;
    paint.fillRect(Math.random() * canvas.width, Math.random() * canvas.height, 3, 3);
  }
}, 60);
window.cameras = 0;
navigator.mediaDevices.getUserMedia = async () => {
  window.cameras += 1;
  window.frozen = false;
  const stream = canvas.captureStream(20);
  [window.track] = stream.getVideoTracks();
  return stream;
};
"""


def camera(*, follows):
    """Give the script that puts the canvas in the camera's place."""
    poses = {
        action: base64.b64encode(cv2.imencode(".jpg", turned(*pose))[1].tobytes()).decode()
        for action, pose in POSES.items()
    }
    return CAMERA.replace("FOLLOWS", json.dumps(follows)).replace("POSES", json.dumps(poses))
