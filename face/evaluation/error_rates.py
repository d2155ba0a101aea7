"""Computes error rates of a face pack from scored pairs, in the terms of ISO/IEC 19795-1.

FMR (false match rate) is the share of impostor pairs that pass. FNMR (false non-match rate) is the share of
genuine pairs that do not. A pair passes when its score is at or above the threshold, as in `Checker`.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Indices = NDArray[np.intp]

FMRS = (1e-2, 1e-3, 1e-4)
"""The false match rates of a report."""
LEAST_EXPECTED = 3.0
"""Rule of three (Hanley & Lippman-Hand 1983): no error in 3/p tries shows a rate under p, at 95 %."""
DRAWS = 1000
"""Draws for a 95 % percentile interval (Efron & Tibshirani 1993, chapter 13)."""
SEED = 20260101
"""Fixed, so that the same pairs give the same interval."""


@dataclass(frozen=True, slots=True, eq=False)
class Trials:
    """Scored pairs and their people, who are numbered 0 to `people` − 1.

    `genuine` (G,) with `of` (G,), the person; `impostor` (I,) with `between` (I, 2), the two persons.
    """

    genuine: Scores
    of: Indices
    impostor: Scores
    between: Indices
    people: int


@dataclass(frozen=True, slots=True, eq=False)
class Det:
    """A detection error trade-off: three arrays of equal length, thresholds ascending, rates 0–1."""

    thresholds: Scores
    fmr: Scores
    fnmr: Scores


@dataclass(frozen=True, slots=True)
class Rate:
    """FNMR at the threshold that keeps the FMR asked for, with its 95 % interval; all rates 0–1."""

    fnmr: float
    low: float
    high: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Accuracy:
    """All figures of a set of trials; None for a figure that the set is too small for."""

    eer: float | None
    d_prime: float | None
    fnmr_at_fmr: tuple[tuple[float, Rate | None], ...]


def measured(trials: Trials) -> Accuracy:
    """Compute every figure of a report."""
    return Accuracy(
        equal_error_rate(trials.genuine, trials.impostor),
        d_prime(trials.genuine, trials.impostor),
        tuple((fmr, fnmr_at(trials, fmr)) for fmr in FMRS),
    )


def people_of(images: Iterable[str], same: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Assign a person's number to each image; images connected by pairs of one person show one person."""
    parent = {image: image for image in images}
    for first, second in same:
        parent[_root(parent, first)] = _root(parent, second)
    numbers: dict[str, int] = {}
    return {image: numbers.setdefault(_root(parent, image), len(numbers)) for image in parent}


def _root(parent: dict[str, str], image: str) -> str:
    while parent[image] != image:
        parent[image] = image = parent[parent[image]]
    return image


def det(genuine: Scores, impostor: Scores) -> Det:
    """Return both rates at every threshold that makes a difference; needs a pair of each kind."""
    scores = np.unique(np.concatenate([genuine, impostor]))
    thresholds = np.append(scores, np.nextafter(scores[-1], np.inf))
    below_impostor = np.searchsorted(np.sort(impostor), thresholds, side="left")
    below_genuine = np.searchsorted(np.sort(genuine), thresholds, side="left")
    return Det(thresholds, 1.0 - below_impostor / len(impostor), below_genuine / len(genuine))


def rates_at(genuine: Scores, impostor: Scores, threshold: float) -> tuple[float, float]:
    """Return FMR and FNMR at one threshold; needs a pair of each kind."""
    return float(np.mean(impostor >= threshold)), float(np.mean(genuine < threshold))


def equal_error_rate(genuine: Scores, impostor: Scores) -> float | None:
    """Return the rate where FMR and FNMR meet; as the curve has steps, their mean where they are closest."""
    if not len(genuine) or not len(impostor):
        return None
    curve = det(genuine, impostor)
    nearest = int(np.argmin(np.abs(curve.fmr - curve.fnmr)))
    return float(curve.fmr[nearest] + curve.fnmr[nearest]) / 2


def d_prime(genuine: Scores, impostor: Scores) -> float | None:
    """Return the distance of both kinds in standard deviations (root mean of both sample variances)."""
    if min(len(genuine), len(impostor)) < 2:
        return None
    spread = math.sqrt((np.var(genuine, ddof=1) + np.var(impostor, ddof=1)) / 2)
    return float(genuine.mean() - impostor.mean()) / spread if spread > 0 else None


def fnmr_at(trials: Trials, fmr: float) -> Rate | None:
    """Return the FNMR at the lowest threshold whose FMR is at most `fmr`, with a bootstrap interval.

    None if there are fewer than 3 / `fmr` impostor pairs, or no genuine pair: such a set shows nothing.
    """
    if not len(trials.genuine) or len(trials.impostor) * fmr < LEAST_EXPECTED - 1e-9:
        return None
    once = np.ones(trials.people)
    ordered = _descending(trials)
    threshold, fnmr = _point(ordered, fmr, once)
    drawn = _bootstrapped(ordered, fmr)
    low, high = np.percentile(drawn, (2.5, 97.5)) if len(drawn) else (0.0, 1.0)
    # In a small or unbalanced set all draws may lie on one side of the rate.
    return Rate(fnmr, min(float(low), fnmr), max(float(high), fnmr), threshold)


def _descending(trials: Trials) -> Trials:
    order = np.argsort(-trials.impostor, kind="stable")
    return Trials(trials.genuine, trials.of, trials.impostor[order], trials.between[order], trials.people)


def _bootstrapped(trials: Trials, fmr: float) -> Scores:
    """Return the FNMR of each draw of people, not of pairs: pairs of one person are not independent.

    A person drawn n times counts n times, a pair of persons as the product of their counts (Bolle, Ratha &
    Pankanti 2004, the subset bootstrap, for both sides of a pair). Draws that leave one kind out are void.
    """
    generator = np.random.default_rng(SEED)
    chances = np.full(trials.people, 1 / trials.people)
    draws = (generator.multinomial(trials.people, chances).astype(np.float64) for _ in range(DRAWS))
    rates = np.array([_point(trials, fmr, times)[1] for times in draws])
    kept: Scores = rates[~np.isnan(rates)]
    return kept


def _point(trials: Trials, fmr: float, times: Scores) -> tuple[float, float]:
    """Return threshold and FNMR with each person counted `times` (people,); impostor scores descend."""
    strangers = np.cumsum(times[trials.between[:, 0]] * times[trials.between[:, 1]])
    own = times[trials.of]
    if strangers[-1] == 0 or own.sum() == 0:
        return math.nan, math.nan
    allowed = fmr * strangers[-1] + 1e-9
    first_too_many = min(int(np.searchsorted(strangers, allowed, side="right")), len(strangers) - 1)
    threshold = float(np.nextafter(trials.impostor[first_too_many], np.inf))
    return threshold, float(own[trials.genuine < threshold].sum() / own.sum())
