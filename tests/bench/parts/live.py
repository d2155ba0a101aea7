"""Measures a guided live capture: a frame, a complete certification, memory, and ten captures at once."""

import asyncio
import gc
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from statistics import median, quantiles
from time import perf_counter, thread_time

import cv2
import numpy as np

from bot.capture.face_pool import FacePool
from face import Action, Challenge, Checker, LiveCheck, Outcome, Prompt, RiskProfile, Verdict, load_pack
from face.liveness.challenge import with_actions
from face.media.frames import GUIDING_SIDE, read_deciding, read_small
from face.models.alignment import align
from face.models.mesh import SIDE
from face.models.pack import Pack
from face.models.yunet import prepared
from face.quality import main_face
from tests.bench.parts.timing import median_ms
from tests.support.captures.capture_service import PORTRAIT
from tests.support.faces.portrait_model import noisy_frame

POSES = {Action.CENTRE: (0.0, 0.0), Action.TURN_LEFT: (47.0, 0.0), Action.LOOK_DOWN: (0.0, -35.0)}
ACTIONS = (Action.TURN_LEFT, Action.LOOK_DOWN)
SCORED, EMBEDDED = 36, 5
"""Frames and crops of a certification: three frames a second for 12 s; three rests, two movements."""
SENT_EVERY = 0.2
"""Seconds: five frames a second."""
AT_ONCE = 10
CROWD_SECONDS = 12.0
ROUNDS = 40
_MEMORY = """
import cv2
from bot.face_pack import open_checker
checker = open_checker("opencv-zoo", None)
print(next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1])
"""

Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """A warm checker, its pack and the template of the person."""

    pack: Pack
    checker: Checker
    template: bytes = field(repr=False)

    def begin_check(self, at: float = 0.0) -> LiveCheck:
        """Begin a capture of the same two movements."""
        return self.checker.live(challenge(), self.template, at)


def challenge() -> Challenge:
    """Return a challenge of two movements, the usual number."""
    return with_actions(ACTIONS, Random(7))  # noqa: S311 - a bench's chance, no secret


def prepare_bench() -> Bench:
    """Load, warm up, enrol."""
    cv2.setNumThreads(1)
    pack = load_pack("opencv-zoo")
    checker = Checker(pack)
    checker.warm_up()
    gc.freeze()  # as the service does
    return Bench(pack, checker, checker.enrol(PORTRAIT).template or b"")


def rows() -> list[Row]:
    """Measure and return (name, value, note)."""
    bench = prepare_bench()
    return [*_frames(bench), *_certification(bench), _memory(), *asyncio.run(_crowd(bench))]


# ---- one frame


def _spent(stage, rounds=ROUNDS) -> float:
    """Return the median CPU milliseconds, which do not depend on other load."""
    return median_ms(stage, rounds, thread_time)


def _frames(bench: Bench) -> list[Row]:
    jpegs = [noisy_frame(number) for number in range(ROUNDS + 1)]
    check, times = bench.begin_check(), iter(np.arange(1, 10_000) * 0.3)
    feed = iter(jpegs)
    whole = _spent(lambda: check.see(next(feed), float(next(times))))
    small = read_small(jpegs[0])
    scale = GUIDING_SIDE / max(small.shape[:2])
    tensor = prepared(small, scale)
    raw = _spent(lambda: bench.pack.guide._run(tensor))
    return [
        ("raw network, the same frame at 320", f"{raw:.1f} ms", "onnxruntime alone"),
        ("a scored frame at 320", f"{whole:.1f} ms", f"JPEG to hint; {whole / raw:.2f} × the raw network"),
        *_deciding(bench, jpegs[0]),
    ]


def _deciding(bench: Bench, jpeg: bytes) -> list[Row]:
    face = main_face(bench.pack.detector.detect(read_deciding(jpeg)))

    def embedded() -> object:
        return bench.pack.embedder.embed(align(read_deciding(jpeg), face.points))

    network, blob = (
        bench.pack.embedder._network,
        cv2.dnn.blobFromImage(align(read_deciding(jpeg), face.points)),
    )
    raw = _spent(lambda: network.run(None, {"data": blob}), 15)
    whole = _spent(embedded, 15)
    return [("an embedding frame at 640", f"{whole:.1f} ms", f"{whole / raw:.2f} × the raw network")]


# ---- a whole capture


def _person() -> Iterator[tuple[float, Action | None]]:
    """Yield time and action five times a second: the action of the newest prompt, 0.8 s late."""
    shown, newest, since, at = Action.CENTRE, Action.CENTRE, 0.0, 0.0
    while True:
        at += SENT_EVERY
        told = yield at, shown
        if isinstance(told, Prompt):
            newest, since = told.step.action, at
        if at - since >= 0.8:
            shown = newest


def _captured(bench: Bench) -> tuple[Verdict, float, int]:
    """Play one capture; return its verdict, the CPU seconds of the service, and its number of frames.

    The modelled head is a warped photo, so its movements are weighed after the end and decide nothing.
    """
    check, spent, sent = bench.begin_check(), 0.0, 0
    person = _person()
    at, shown = next(person)
    while at < 120:
        jpeg, sent = noisy_frame(sent, *POSES[shown]), sent + 1
        start = thread_time()
        told = check.see(jpeg, at)
        spent += thread_time() - start
        if isinstance(told, Verdict):
            return told, spent + _weighing(check), sent
        at, shown = person.send(told)
    message = "the capture did not end"
    raise RuntimeError(message)


def _weighing(check: LiveCheck) -> float:
    """Return the CPU seconds for comparing the movements with the rests, and the rests in pairs."""
    start = thread_time()
    replace(check._judge, profile=RiskProfile.STANDARD).assessed(check._key_frames, check.challenge)
    return thread_time() - start


def _certification(bench: Bench) -> list[Row]:
    _captured(bench)
    runs = [(*_captured(bench), _networks_alone(bench)) for _ in range(5)]
    if any(verdict.outcome is not Outcome.PASSED for verdict, *_ in runs):
        message = f"the person was refused: {[verdict.reason.value for verdict, *_ in runs]}"
        raise RuntimeError(message)
    seconds, raw = (median(run[column] for run in runs) for column in (1, 3))
    return [
        ("a whole live certification", f"{seconds:.2f} s", f"of one core; {runs[0][2]} frames sent"),
        ("its networks alone", f"{raw:.2f} s", f"onnxruntime, {SCORED} frames and {EMBEDDED} crops"),
        ("", f"{seconds / raw:.2f}", "the one over the other, in turns"),
    ]


def _networks_alone(bench: Bench) -> float:
    """Return the CPU seconds of the networks and decoders alone."""
    pack, network, random = bench.pack, bench.pack.embedder._network, np.random.default_rng(1)
    sizes = (320, 256), (SIDE, SIDE), (112, 112)
    small, shape, crop = (random.random((1, 3, *size), np.float32) for size in sizes)
    start = thread_time()
    for _ in range(SCORED):
        pack.guide._run(small)
        pack.mesh._run(shape)
    for _ in range(EMBEDDED):
        network.run(None, {"data": crop})
    return thread_time() - start


def _memory() -> Row:
    """Measure in a separate process, since this one holds much else."""
    command = [sys.executable, "-c", _MEMORY]
    kilobytes = int(subprocess.run(command, capture_output=True, check=True).stdout)  # noqa: S603
    return (
        "resident memory, pack loaded",
        f"{kilobytes / 1024:.0f} MB",
        "a process with the checker warmed up",
    )


# ---- ten at once


async def _crowd(bench: Bench) -> list[Row]:
    """Send the frames of ten captures at five a second each; return the latency from frame to hint."""
    pool = FacePool(bench.checker)
    jpegs = [noisy_frame(number) for number in range(int(CROWD_SECONDS / SENT_EVERY))]
    phones = [_phone(pool, bench, jpegs, place) for place in range(AT_ONCE)]
    waits = [wait for heard in await asyncio.gather(*phones) for wait in heard]
    await pool.close()
    late = quantiles(waits, n=20)[-1]
    return [
        (f"{AT_ONCE} captures at once, a hint", f"{median(waits):.0f} ms", f"median; {len(waits)} frames"),
        ("", f"{late:.0f} ms", "95 % are under"),
        ("", f"{max(waits):.0f} ms", "the latest"),
    ]


async def _phone(pool: FacePool, bench: Bench, jpegs: list[bytes], place: int) -> list[float]:
    """Look straight ahead all the time: every frame is scored, none ends the capture."""
    await asyncio.sleep(place * SENT_EVERY / AT_ONCE)
    began, waits = perf_counter(), []
    check = bench.begin_check(began)
    for number, jpeg in enumerate(jpegs):
        await asyncio.sleep(max(0.0, began + number * SENT_EVERY - perf_counter()))
        sent = perf_counter()
        await pool.guide(check.see, jpeg, sent)
        waits.append((perf_counter() - sent) * 1000)
    return waits
