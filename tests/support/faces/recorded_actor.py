"""The packaged portrait performing the movements of a recording, as frames and as a clip."""

import base64
import functools
import tempfile
from pathlib import Path

import cv2
import numpy as np

from bot.demo.sample_people import portrait_jpeg
from bot.simulator.moving_photo import film
from face import Action
from face.liveness.movements import NODS, TURNS
from face.media.images import read_image
from tests.support.captures.capture_service import shared_checker

PORTRAIT = portrait_jpeg()
MOVES = (*TURNS, *NODS)
"""Movements that the portrait can make, in addition to coming closer."""
RATE = 10
_HELD = 4
"""Frames for which a movement is held at its end."""


def movement_pictures(photo, moves):
    """Return each movement's pictures, from rest to the full movement."""
    films = [_stages(photo, ()), *(_stages(photo, (move,)) for move in moves)]
    return {action: pictures for film in films for action, pictures in film.items()}


@functools.cache
def _stages(photo, moves):
    """Render one movement with rest and coming closer; finding its angles takes most of a second."""
    rendered = film(read_image(photo), shared_checker().shape, moves)
    return {action: [_picture(text) for text in texts] for action, texts in rendered.items()}


def _picture(text):
    return cv2.imdecode(np.frombuffer(base64.b64decode(text), np.uint8), cv2.IMREAD_COLOR)


def perform_movements(actions, photo=PORTRAIT, rest=0.8):
    """Return the frames of the movements one after the other, with rests before, between and after."""
    films = movement_pictures(photo, tuple(move for move in MOVES if move in actions))
    still = films[Action.CENTRE]
    frames = still * round(rest * RATE)
    for action in actions:
        there = films[action]
        frames += [*there, *there[-1:] * _HELD, *there[::-1], *still * round(rest * RATE)]
    return frames


def camera_noise(random, shape, levels=8):
    """Return camera noise of `levels` levels (a power of two), in a third of the time of `integers`."""
    assert levels & (levels - 1) == 0
    drawn = np.frombuffer(random.bytes(np.prod(shape)), np.uint8).reshape(shape)
    return drawn & np.uint8(levels - 1)


def record_clip(frames, noise=8, codec="mp4v"):
    """Record frames as a phone does, with a camera's noise or (1) without; returns MP4 or, for VP80, WebM."""
    random = np.random.default_rng(5)
    height, width = frames[0].shape[:2]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("clip.mp4" if codec == "mp4v" else "clip.webm")
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), RATE, (width, height))
        for frame in frames:
            writer.write(cv2.add(frame, camera_noise(random, frame.shape, noise)))
        writer.release()
        return path.read_bytes()
