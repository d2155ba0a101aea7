"""`face verify`, `eval`, `attack` and `liveness-pack`: the face module on its own, without a database."""

import argparse
import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from bot.cli.operator import liveness_pack
from bot.cli.operator.terminal import (
    MOST_IN_DATABASE,
    Subcommands,
    accepted,
    actions_of,
    advance,
    file_errors,
    name_of,
    stop_at_interrupt,
    whole_number,
)
from bot.errors import BotError, CommandRefused
from bot.settings.command_settings import face_pack, face_threshold
from bot.settings.environment import environment
from bot.settings.liveness import LivenessProfile

if TYPE_CHECKING:
    from face import Checker, Reason
    from face.attack.run import Plan
    from face.evaluation.pairs import Pair
    from face.evaluation.run import AccuracyReport

ORDER = 5
"""Position of the commands in `--help`."""

TRIES, PIPELINE, SEED = 1000, 10, 20260101
"""A thousand tries show a rate under 0.3 %; pictures cost a second per try, so by default few are made."""
_tries = whole_number(0, 1_000_000)


def add_to(subcommands: Subcommands) -> None:
    """Add the commands."""
    face = actions_of(subcommands, "face", "the face module")
    verify = face.add_parser("verify", help="compare one capture with one reference photo")
    verify.add_argument("reference", type=Path)
    verify.add_argument("capture", type=Path)
    verify.set_defaults(run=lambda options: run_verify(options.reference, options.capture))
    accuracy = face.add_parser("eval", help="measure the error rates on labelled pairs (CSV)")
    accuracy.add_argument("pairs", type=Path, metavar="PAIRS.csv")
    accuracy.add_argument("--out", type=Path, required=True, metavar="DIR")
    accuracy.set_defaults(run=lambda options: run_face_eval(options.pairs, options.out))
    liveness_pack.add_actions(face)
    _add_attack(face.add_parser("attack", help="attack the live check with photos, replays, swaps and more"))


def _add_attack(attack: argparse.ArgumentParser) -> None:
    attack.add_argument(
        "clips",
        type=Path,
        nargs="*",
        metavar="CLIP",
        help="one person turning the head, or a folder with their photos",
    )
    attack.add_argument("--out", type=Path, required=True, metavar="DIR")
    attack.add_argument(
        "--people", type=Path, metavar="DIR", help="photos of other people, one subfolder per person"
    )
    attack.add_argument("--tries", type=_tries, default=TRIES, help="tries per kind, as numbers (1000)")
    attack.add_argument("--pipeline", type=_tries, default=PIPELINE, help="tries per kind, as pictures (10)")
    attack.add_argument("--seed", type=whole_number(0, MOST_IN_DATABASE), default=SEED)
    attack.add_argument(
        "--profile",
        choices=[profile.value for profile in LivenessProfile],
        default=LivenessProfile.STANDARD.value,
        help="as LIVENESS_PROFILE",
    )
    attack.add_argument("--kinds", type=_kinds, metavar="KIND,…", help="only these kinds")
    attack.set_defaults(run=lambda options: run_face_attack(_plan(options)))


def _kinds(text: str) -> tuple[str, ...]:
    kinds, known = tuple(text.split(",")), _all_kinds()
    return accepted(kinds if set(kinds) <= set(known) else None, f"some of {','.join(known)}")


def _all_kinds() -> tuple[str, ...]:
    from face.attack.kinds import ATTACKS, GENUINE

    return (*ATTACKS, *GENUINE)


def _plan(options: argparse.Namespace) -> "Plan":
    from face import RiskProfile
    from face.attack.run import Plan

    clips = tuple(options.clips)
    counts = (options.tries, options.pipeline, options.seed)
    profile = None if options.profile == LivenessProfile.OFF else RiskProfile(options.profile)
    return Plan(clips, options.people, options.out, *counts, profile, options.kinds or _all_kinds())


async def run_verify(reference: Path, capture: Path) -> int:
    """Compare two photos and print every score; 0 passed, 1 not."""
    return await asyncio.to_thread(_verify, reference, capture)


def _verify(reference: Path, capture: Path) -> int:
    from bot.face_pack import open_checker
    from face import Reason

    checker = open_checker(face_pack(environment()), None)
    enrolled, probe = checker.enrol(_content(reference)), _content(capture)
    _require_image(enrolled.reason, reference)
    if enrolled.template is None:
        print(json.dumps({"outcome": "retry", "reason": enrolled.reason, "of": "reference"}))
        return 1
    verdict = checker.check_image(probe, enrolled.template)
    _require_image(verdict.reason, capture)
    fields = {"outcome": verdict.outcome, "reason": verdict.reason, "score": verdict.score}
    print(json.dumps({**fields, "threshold": verdict.threshold, "pack": verdict.pack}))
    return 0 if verdict.reason is Reason.OK else 1


def _content(file: Path) -> bytes:
    with file_errors(file):
        return file.read_bytes()


def _require_image(reason: "Reason", file: Path) -> None:
    """Raise a usage error for a file that is no image; a face that failed is a result."""
    from face import Reason

    if reason is Reason.BAD_MEDIA:
        message = f"{name_of(file)} is not an image that can be read"
        raise BotError(message)


async def run_face_eval(file: Path, out: Path) -> int:
    """Measure the configured pack on labelled pairs; write the report and print its summary."""
    return await asyncio.to_thread(_face_eval, file, out, _stop())


def _stop() -> asyncio.Event:
    """Return the event that Ctrl-C sets; the computing thread checks it after each step."""
    stop = asyncio.Event()
    stop_at_interrupt(stop)
    return stop


def _until(stop: asyncio.Event, advance: Callable[[int], None]) -> Callable[[int], None]:
    """Return the function that is called after each step; it raises CommandRefused after Ctrl-C."""

    def go_on(steps: int) -> None:
        """Advance the progress bar, or end."""
        advance(steps)
        if stop.is_set():
            message = "interrupted: nothing was written"
            raise CommandRefused(message)

    return go_on


def _face_eval(file: Path, out: Path, stop: asyncio.Event) -> int:
    from bot.face_pack import open_checker
    from face.evaluation import run as evaluation_run
    from face.evaluation.pairs import read_pairs

    with _one_line_errors():
        pairs = read_pairs(file)
        source = environment()
        checker = open_checker(face_pack(source), face_threshold(source))
        report = _evaluated(file.parent, pairs, checker, stop)
        evaluation_run.write(report, out)
    print("\n".join(evaluation_run.summary(report)))
    return 0


def _evaluated(
    folder: Path, pairs: "Sequence[Pair]", checker: "Checker", stop: asyncio.Event
) -> "AccuracyReport":
    from face.evaluation import run as evaluation_run
    from face.evaluation.pairs import images_of

    try:
        with tqdm(total=len(images_of(pairs)), unit=" images") as bar:
            return evaluation_run.evaluate(folder, pairs, checker, _until(stop, advance(bar)))
    except OSError as error:
        message = f"an image cannot be read: {error.strerror}"
        raise BotError(message) from None


async def run_face_attack(plan: "Plan") -> int:
    """Attack the configured pack's live check; write the report and print its table."""
    return await asyncio.to_thread(_face_attack, plan, _stop())


def _face_attack(plan: "Plan", stop: asyncio.Event) -> int:
    from bot.face_pack import open_pack
    from face.attack import run as attack_run

    source = environment()
    pack = open_pack(face_pack(source))
    with _one_line_errors():
        bench = attack_run.prepare(plan, pack, face_threshold(source) or pack.threshold)
        with tqdm(total=plan.total, unit=" tries") as bar:
            report = attack_run.run(plan, bench, _until(stop, advance(bar)))
        attack_run.write(report, plan.out)
    print("\n".join(report.table()))
    return 0


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """Turn the face module's errors, whose text is one line, into usage errors."""
    from face import FaceError

    try:
        yield
    except FaceError as error:
        raise BotError(str(error)) from None
