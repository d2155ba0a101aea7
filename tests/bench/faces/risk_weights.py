"""`python -m tests.bench.faces.risk_weights --people DIR CLIP…`: fits and prints the weights of the cues.

Each CLIP shows one person who moves the head; DIR has photos of others, one subfolder per person. Two clips
and `--tries 4` take 84 s of one core. docs/decisions/0024 says what the weights are, 0029 how to use this.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from face import load_pack
from face.liveness.movements import Kind
from face.liveness.risk.decision import LEAST_MEASURE
from face.liveness.risk.weights import WEIGHTS
from tests.bench.faces.risk_movements import (
    KINDS,
    MeasuredMovement,
    movements_of_attacks,
    movements_of_people,
)

FAMILIES = {"real": 0.5, "print": 0.2, "puppet": 0.25, "swap": 0.05}
"""Shares of the fit: people against attacks; within a family each source has the same weight."""
PENALTY, ROUNDS = 0.02, 40
"""Penalty of the logistic regression on standardised logarithms, and its Newton steps."""
MOVEMENTS = Sequence[MeasuredMovement]
Column = NDArray[np.float64]


def log_measures(movements: MOVEMENTS) -> Column:
    """Return the logarithms of the measures, one row per movement, in the order of `Unexplained`'s fields."""
    measures = [(movement.left.round_trip, movement.left.eyes) for movement in movements]
    return np.log(np.array(measures, np.float64).reshape(-1, 2) + LEAST_MEASURE)


def fit_shares(movements: MOVEMENTS) -> Column:
    """Return the weight of each movement in the fit."""
    each = Counter(movement.source for movement in movements)
    family = {source: KINDS.get(source, "real") for source in each}
    sources = Counter(family.values())
    return np.array(
        [
            FAMILIES[family[movement.source]] / sources[family[movement.source]] / each[movement.source]
            for movement in movements
        ]
    )


def fit_weights(movements: MOVEMENTS) -> Column:
    """Fit constant and weights by penalised logistic regression (Newton's method)."""
    measures, share = log_measures(movements), fit_shares(movements)
    real = np.array([movement.is_real for movement in movements], np.float64)
    middle, spread = measures.mean(axis=0), measures.std(axis=0) + 1e-9
    terms = np.column_stack([np.ones(len(measures)), (measures - middle) / spread])
    penalty, found = PENALTY * np.diag([0.0, *np.ones(measures.shape[1])]), np.zeros(terms.shape[1])
    for _ in range(ROUNDS):
        expected = 1 / (1 + np.exp(-terms @ found))
        slope = terms.T @ (share * (expected - real)) + penalty @ found
        bend = (terms * (share * expected * (1 - expected))[:, None]).T @ terms + penalty
        found = found - np.linalg.solve(bend + 1e-9 * np.eye(len(found)), slope)
    each = found[1:] / spread
    return np.array([found[0] - each @ middle, *each])


def weigh_movements(weights: Column, movements: MOVEMENTS) -> Column:
    """Return the evidence of each movement under the given weights."""
    return np.asarray(weights[0] + log_measures(movements) @ weights[1:], np.float64)


def weigh_held_out(movements: MOVEMENTS) -> Column:
    """Return each movement's evidence under weights fitted without its person or photo."""
    groups = [movement.source if movement.is_real else movement.photo for movement in movements]
    found = np.zeros(len(movements))
    for group in set(groups):
        own = [place for place, other in enumerate(groups) if other == group]
        others = [movement for movement, other in zip(movements, groups, strict=True) if other != group]
        found[own] = weigh_movements(fit_weights(others), [movements[place] for place in own])
    return found


def weights_table(kind: Kind, movements: MOVEMENTS) -> list[str]:
    """Write the weights of a kind of movement, and how much evidence each source then gives."""
    now, given = WEIGHTS[kind], weigh_held_out(movements)
    lines = [
        f"{kind}: constant, round_trip, eyes",
        f"  fitted  {np.round(fit_weights(movements), 3).tolist()}",
    ]
    lines += [f"  in use  {[now.constant, *now.each]}", "  evidence with the own person or photo left out"]
    for source in sorted({movement.source for movement in movements}):
        own = given[[movement.source == source for movement in movements]]
        low, middle, high = np.percentile(own, [5, 50, 95])
        over = np.mean(own > 0)
        lines.append(f"  {source:26} {len(own):4}  {low:6.2f} {middle:6.2f} {high:6.2f}  over 0: {over:4.0%}")
    return lines


def main(clips: Sequence[Path], people: Path, tries: int) -> None:
    """Collect, fit and print."""
    pack = load_pack("opencv-zoo")
    movements = list(
        chain(movements_of_people(pack, clips), movements_of_attacks(pack, clips, people, tries))
    )
    for kind in WEIGHTS:
        own = [movement for movement in movements if movement.kind is kind]
        sys.stdout.writelines(f"{line}\n" for line in weights_table(kind, own))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.faces.risk_weights", description=__doc__)
    parser.add_argument("clips", type=Path, nargs="+", metavar="CLIP")
    parser.add_argument("--people", type=Path, required=True, metavar="DIR")
    parser.add_argument("--tries", type=int, default=60, help="of each attack, four movements each (60)")
    options = parser.parse_args()
    main(options.clips, options.people, options.tries)
