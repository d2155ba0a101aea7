"""The words of the face module: what they take, and which command they run."""

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TypeVar

from tqdm import tqdm

from bot.cli import commands
from bot.compose import open_checker
from bot.errors import BadSetting, BotError
from bot.settings.settings import environment, face_pack, face_threshold
from face import Checker, FaceError, Pack, PackUnavailable, load_pack
from face.attack import run as attack_run
from face.attack.kinds import ATTACKS, GENUINE
from face.attack.run import Plan
from face.evaluation import run as evaluation_run
from face.evaluation.pairs import Pair, images_of, read_pairs
from face.evaluation.run import AccuracyReport

Words = argparse._SubParsersAction  # noqa: SLF001 - argparse gives its type no public name
_P = TypeVar("_P", bound=argparse.ArgumentParser)

ALL = (*ATTACKS, *GENUINE)
TRIES, PIPELINE, SEED = 1000, 10, 20260101
"""Thousand tries show a rate under 0.3 %; pictures cost a second a try, so the default is a quick look."""


def add_face(words: "Words[_P]") -> None:
    """Add the commands that need a face pack and no database."""
    face = words.add_parser("face", help="the face module").add_subparsers(required=True, metavar="ACTION")
    verify = face.add_parser("verify", help="compare one capture with one reference photo")
    verify.add_argument("reference", type=Path)
    verify.add_argument("capture", type=Path)
    verify.set_defaults(run=lambda options: commands.run_verify(options.reference, options.capture))
    accuracy = face.add_parser("eval", help="measure the error rates on labelled pairs (CSV)")
    accuracy.add_argument("pairs", type=Path, metavar="PAIRS.csv")
    accuracy.add_argument("--out", type=Path, required=True, metavar="DIR")
    accuracy.set_defaults(run=lambda options: run_face_eval(options.pairs, options.out))
    _add_attack(face.add_parser("attack", help="try photos, replays, swaps and more on the live check"))


def _add_attack(attack: argparse.ArgumentParser) -> None:
    attack.add_argument("clips", type=Path, nargs="*", metavar="CLIP", help="one person turning the head")
    attack.add_argument("--out", type=Path, required=True, metavar="DIR")
    attack.add_argument("--people", type=Path, metavar="DIR", help="photos of others, a subfolder a person")
    attack.add_argument("--tries", type=_count, default=TRIES, help="a kind, as numbers (1000)")
    attack.add_argument("--pipeline", type=_count, default=PIPELINE, help="a kind, as pictures (10)")
    attack.add_argument("--seed", type=int, default=SEED)
    attack.add_argument("--kinds", type=_kinds, default=ALL, metavar="KIND,…", help="only these")
    attack.set_defaults(run=lambda options: run_face_attack(_plan(options)))


def _count(text: str) -> int:
    if not text.isdecimal():
        message = "must be a number of tries"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(text.split(","))
    if not set(kinds) <= set(ALL):
        message = f"must be some of {','.join(ALL)}"
        raise argparse.ArgumentTypeError(message)
    return kinds


def _plan(options: argparse.Namespace) -> Plan:
    clips = tuple(options.clips)
    counts = (options.tries, options.pipeline, options.seed)
    return Plan(clips, options.people, options.out, *counts, options.kinds)


async def run_face_eval(file: Path, out: Path) -> int:
    """Measure the configured pack on labelled pairs; write the report and print its summary."""
    return await asyncio.to_thread(_face_eval, file, out)


def _face_eval(file: Path, out: Path) -> int:
    with _one_line_errors():
        pairs = read_pairs(file)
        source = environment()
        checker = open_checker(face_pack(source), face_threshold(source))
        report = _evaluated(file.parent, pairs, checker)
        evaluation_run.write(report, out)
    print("\n".join(evaluation_run.summary(report)))
    return 0


def _evaluated(folder: Path, pairs: Sequence[Pair], checker: Checker) -> AccuracyReport:
    try:
        with tqdm(total=len(images_of(pairs)), unit=" images") as bar:
            return evaluation_run.evaluate(folder, pairs, checker, lambda count: _advance(bar, count))
    except OSError as error:
        message = f"an image cannot be read: {error.strerror}"
        raise BotError(message) from None


async def run_face_attack(plan: Plan) -> int:
    """Attack the configured pack's live check; write the report and print its table."""
    return await asyncio.to_thread(_face_attack, plan)


def _face_attack(plan: Plan) -> int:
    source = environment()
    pack = _opened_pack(face_pack(source))
    with _one_line_errors():
        bench = attack_run.prepare(plan, pack, face_threshold(source) or pack.threshold)
        with tqdm(total=plan.total, unit=" tries") as bar:
            report = attack_run.run(plan, bench, lambda count: _advance(bar, count))
        attack_run.write(report, plan.out)
    print("\n".join(report.table()))
    return 0


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """Turn the face module's errors, whose text is one line, into wrong usage."""
    try:
        yield
    except FaceError as error:
        raise BotError(str(error)) from None


def _opened_pack(name: str) -> Pack:
    try:
        return load_pack(name)
    except PackUnavailable as error:
        message = f"PENSION_BOT_FACE_PACK: {error}"
        raise BadSetting(message) from None


def _advance(bar: "tqdm[NoReturn]", count: int) -> None:
    bar.update(count)
