"""The words of the face module: what they take, and which command they run."""

import argparse
import asyncio
from pathlib import Path
from typing import NoReturn, TypeVar

from tqdm import tqdm

from bot.cli import commands
from bot.face_attack import Plan, opened_pack, prepare, run, write
from bot.settings.settings import environment, face_pack, face_threshold
from face.attack.kinds import ATTACKS, GENUINE

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
    accuracy.set_defaults(run=lambda options: commands.run_face_eval(options.pairs, options.out))
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


async def run_face_attack(plan: Plan) -> int:
    """Attack the configured pack's live check; write the report and print its table."""
    return await asyncio.to_thread(_face_attack, plan)


def _face_attack(plan: Plan) -> int:
    source = environment()
    pack = opened_pack(face_pack(source))
    bench = prepare(plan, pack, face_threshold(source) or pack.threshold)
    with tqdm(total=plan.total, unit=" tries") as bar:
        report = run(plan, bench, lambda count: _advance(bar, count))
    write(report, plan.out)
    print("\n".join(report.table()))
    return 0


def _advance(bar: "tqdm[NoReturn]", count: int) -> None:
    bar.update(count)
