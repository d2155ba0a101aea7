"""Untrusted files are decoded in a child process, which may crash, hang or be taken over."""

import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from face.media.decoder import IN_PROCESS
from face.media.isolation import children
from face.media.isolation.children import ChildDecoder, DecoderEnd, _Child
from face.values import DecoderUnavailable, Reason

WAIT_SECONDS = 60.0
SPOTS = Image.fromarray(np.random.default_rng(3).integers(0, 255, (48, 64, 3), np.uint8))


def encoded(picture, kind, **options):
    packed = io.BytesIO()
    picture.save(packed, kind, **options)
    return packed.getvalue()


def texts():
    told = PngImagePlugin.PngInfo()
    told.add_text("Title", "café")
    told.add_itxt("Description", "养老金", zip=True)
    return told


def turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


PICTURES = {
    "jpeg": encoded(SPOTS, "JPEG"),
    "progressive": encoded(SPOTS, "JPEG", progressive=True),
    "cmyk": encoded(SPOTS.convert("CMYK"), "JPEG"),
    "turned": encoded(SPOTS, "JPEG", exif=turned()),
    "two pictures in one": encoded(SPOTS, "MPO", save_all=True, append_images=[SPOTS]),
    "without its end": encoded(SPOTS, "JPEG")[:-2],
    "palette": encoded(SPOTS.quantize(16), "PNG", transparency=0),
    "with texts": encoded(SPOTS.convert("RGBA"), "PNG", pnginfo=texts(), exif=turned()),
    "16 bit": encoded(Image.fromarray(np.arange(3000, dtype=np.uint16).reshape(50, 60)), "PNG"),
    "bmp": encoded(SPOTS.convert("P"), "BMP"),
    "large": encoded(SPOTS.resize((3000, 2000)), "JPEG", quality=30),
    "nothing": b"",
    "half": encoded(SPOTS, "PNG")[:900],
    "too many bytes": b"\xff\xd8\xff" + bytes(10_000_000),
}


@pytest.fixture(scope="module")
def decoder():
    """Share one child among all tests that leave it alive."""
    made = ChildDecoder(still_seconds=WAIT_SECONDS)
    yield made
    made.close()


@pytest.fixture
def ends():
    return []


@pytest.fixture
def own_decoder(ends):
    made = ChildDecoder(ends.append, still_seconds=WAIT_SECONDS)
    yield made
    made.close()


def same(one, other):
    return one is other if isinstance(other, Reason) else np.array_equal(one, other)


@pytest.mark.parametrize("data", PICTURES.values(), ids=PICTURES.keys())
def test_picture_decoded_by_a_child_equals_in_process_decoding(decoder, data):
    for job in ("image", "guiding", "deciding"):
        assert same(getattr(decoder, job)(data), getattr(IN_PROCESS, job)(data))


def watched(decoder, clip):
    seen = []
    return decoder.watch(clip, 0.2, lambda at, picture: seen.append((at, picture.tobytes()))), seen


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_clip_decoded_by_a_child_equals_in_process_decoding(decoder, film, kind):
    frames = [np.full((48, 64, 3), shade, np.uint8) for shade in range(0, 240, 12)]
    for clip in (film(frames, kind=kind), b"\0\0\0\x18ftypmp42"):
        assert watched(decoder, clip) == watched(IN_PROCESS, clip)
        assert same(decoder.samples(clip), IN_PROCESS.samples(clip))


def test_failing_frame_callback_does_not_affect_the_next_file(decoder, film):
    def refuse(_at, _picture):
        raise ZeroDivisionError

    clip = film([np.full((480, 640, 3), shade, np.uint8) for shade in range(20)])
    with pytest.raises(ZeroDivisionError):
        decoder.watch(clip, 0.1, refuse)
    assert same(decoder.image(PICTURES["jpeg"]), IN_PROCESS.image(PICTURES["jpeg"]))


def process_of(decoder):
    """Return the process id of the only child."""
    (child,) = decoder._all
    return child._process.pid


SPY = """
import json, os, socket
seen = {fd: os.readlink(f"/proc/self/fd/{fd}") for fd in range(64) if os.path.exists(f"/proc/self/fd/{fd}")}
socket.socket(fileno=0).sendall(b"\\0" + json.dumps([dict(os.environ), seen, os.getcwd()]).encode())
"""


def test_child_starts_without_secrets_and_with_only_its_socket_open(monkeypatch, tmp_path):
    monkeypatch.setenv("PENSION_BOT_DATA_KEYS", "k1:a-secret")
    monkeypatch.setattr(children, "_PROGRAM", ("-I", "-c", SPY))
    with (tmp_path / "open").open("wb") as held, socket.socket() as listening:
        for inherited in (held.fileno(), listening.fileno()):
            os.set_inheritable(inherited, True)  # noqa: FBT003 - takes no names
        child = _Child.started()
    environment, opened, folder = json.loads(child._sock.makefile("rb").read())
    child.end()
    child.hang_up()
    assert environment.keys() <= {"OPENBLAS_NUM_THREADS", "LD_LIBRARY_PATH", "LC_CTYPE"}
    assert opened.pop("0").startswith("socket:")
    assert set(opened.values()) == {os.devnull}
    assert folder == "/"


def of_process(pid, what):
    return Path(f"/proc/{pid}/{what}").read_text(encoding="utf-8")


def test_child_is_confined_before_it_receives_a_file(own_decoder):
    is_filtered = own_decoder.start()
    status = dict(line.split(":\t", 1) for line in of_process(process_of(own_decoder), "status").splitlines())
    # a process that is not dumpable belongs to root: others of its user cannot read its memory
    assert Path(f"/proc/{process_of(own_decoder)}/environ").stat().st_uid == 0
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2" if is_filtered else "0")
    limits = {
        line[:26].strip(): line[26:].split()[1]
        for line in of_process(process_of(own_decoder), "limits").splitlines()
    }
    assert limits["Max open files"] == limits["Max processes"] == limits["Max file size"] == "0"
    assert int(limits["Max data size"]) < 1_000_000_000


TRIES = """
import os, socket, subprocess, sys
from face.media.isolation.confinement import confine
confine()
def tried(act):
    try:
        act()
    except (OSError, MemoryError):
        return False
    return True
acts = [
    lambda: open("/proc/self/status"),
    lambda: socket.socket(),
    lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
    lambda: os.kill(os.getppid(), 0),
    lambda: bytearray(1_000_000_000),
]
print([tried(act) for act in acts])
"""


def test_confined_child_is_denied_files_sockets_programs_and_much_memory():
    command = [sys.executable, "-c", TRIES]
    tried = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603
    assert tried.stdout.strip() == str([False] * 5)


def test_hanging_child_is_killed_and_the_next_picture_is_decoded(own_decoder, ends):
    own_decoder.start()
    os.kill(process_of(own_decoder), signal.SIGSTOP)
    own_decoder._still = 0.05
    assert own_decoder.image(PICTURES["jpeg"]) is Reason.BAD_MEDIA
    assert ends == [DecoderEnd.TIMED_OUT]
    own_decoder._still = WAIT_SECONDS
    assert same(own_decoder.image(PICTURES["jpeg"]), IN_PROCESS.image(PICTURES["jpeg"]))
    assert len(ends) == 1


def test_child_that_crashes_on_a_picture_is_replaced(own_decoder, ends, monkeypatch):
    own_decoder.start()
    pid, answers, asked, send = process_of(own_decoder), [], threading.Event(), children.send_request

    def sending(*request):
        asked.set()
        return send(*request)

    monkeypatch.setattr(children, "send_request", sending)
    os.kill(pid, signal.SIGSTOP)
    asking = threading.Thread(target=lambda: answers.append(own_decoder.image(PICTURES["jpeg"])))
    asking.start()
    assert asked.wait(WAIT_SECONDS)  # earlier, a dead child would only be skipped
    os.kill(pid, signal.SIGKILL)
    asking.join()
    assert (answers, ends) == ([Reason.BAD_MEDIA], [DecoderEnd.CRASHED])
    assert same(own_decoder.image(PICTURES["jpeg"]), IN_PROCESS.image(PICTURES["jpeg"]))


def test_child_that_died_while_idle_loses_no_picture(own_decoder, ends):
    own_decoder.start()
    (child,) = own_decoder._all
    os.kill(process_of(own_decoder), signal.SIGKILL)
    child._process.wait(WAIT_SECONDS)
    assert same(own_decoder.image(PICTURES["jpeg"]), IN_PROCESS.image(PICTURES["jpeg"]))
    assert ends == []


def test_close_ends_the_children_and_refuses_further_pictures(own_decoder):
    own_decoder.start()
    (child,) = own_decoder._all
    own_decoder.close()
    assert child._process.poll() is not None
    with pytest.raises(DecoderUnavailable):
        own_decoder.image(PICTURES["jpeg"])


def test_child_exits_when_the_service_is_gone(own_decoder):
    own_decoder.start()
    (child,) = own_decoder._all
    child._sock.close()
    assert child._process.wait(WAIT_SECONDS) == 0


def test_decoder_is_unavailable_if_no_child_can_be_started(own_decoder, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(DecoderUnavailable):
        own_decoder.image(PICTURES["jpeg"])
