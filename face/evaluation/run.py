"""Runs `face eval`: reads a file of labelled pairs, scores them and writes their error rates."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

import numpy as np

from face.checker import Checker
from face.evaluation.det_plot import det_plot
from face.evaluation.error_rates import Accuracy, Rate, Trials, measured
from face.evaluation.pairs import Pair, images_of, people_by_image
from face.values import Reason, ReportUnwritable, Vector


@dataclass(frozen=True, slots=True)
class PairError:
    """A pair that failed.

    `reason` is `false_match` or `false_non_match` for a scored pair, or why `image` shows no usable face.
    """

    pair: Pair
    reason: str
    score: float | None = None
    image: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class AccuracyReport:
    """The result of a run; `ms_per_image` is the median of decoding, detection, embedding on one thread."""

    pack: str
    threshold: float
    trials: Trials
    accuracy: Accuracy
    ms_per_image: float
    errors: tuple[PairError, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Embedded:
    """All images, each read once: its unit vector, or the reason why there is none."""

    vectors: Mapping[str, Vector]
    refused: Mapping[str, Reason]
    ms_per_image: float


def evaluate(
    folder: Path, pairs: Sequence[Pair], checker: Checker, advance: Callable[[int], None]
) -> AccuracyReport:
    """Score all pairs; each image is enrolled once, as in the service, and `advance` is called with 1."""
    embedded = _embed(folder, images_of(pairs), checker, advance)
    usable = [pair for pair in pairs if _refusal(pair, embedded) is None]
    scores = _scores(usable, embedded.vectors)
    trials = _trials(usable, scores, people_by_image(pairs))
    errors = _unusable(pairs, embedded) + _wrong(usable, scores, checker.threshold)
    accuracy = measured(trials)
    return AccuracyReport(
        checker.pack_name, checker.threshold, trials, accuracy, embedded.ms_per_image, tuple(errors)
    )


def _embed(
    folder: Path, images: Sequence[str], checker: Checker, advance: Callable[[int], None]
) -> _Embedded:
    vectors, refused, spent = {}, {}, []
    for image in images:
        data = (folder / image).read_bytes()
        began = time.perf_counter()
        enrolled = checker.enrol(data)
        spent.append(time.perf_counter() - began)
        if enrolled.template is None:
            refused[image] = enrolled.reason
        else:
            vectors[image] = np.frombuffer(enrolled.template, "<f4").astype(np.float32)
        advance(1)
    return _Embedded(vectors, refused, 1000 * median(spent))


def _refusal(pair: Pair, embedded: _Embedded) -> str | None:
    """Return the first image of a pair that cannot be used."""
    return next((image for image in (pair.image_a, pair.image_b) if image in embedded.refused), None)


def _scores(pairs: Sequence[Pair], vectors: Mapping[str, Vector]) -> list[float]:
    return [float(vectors[pair.image_a] @ vectors[pair.image_b]) for pair in pairs]


def _trials(pairs: Sequence[Pair], scores: Sequence[float], person: Mapping[str, int]) -> Trials:
    values, same = np.array(scores, np.float64), np.array([pair.same for pair in pairs], bool)
    named = [(person[pair.image_a], person[pair.image_b]) for pair in pairs]
    # People are renumbered, since those without a usable pair must not be drawn in the bootstrap.
    present, numbers = np.unique(np.array(named, np.intp), return_inverse=True)
    between = numbers.reshape(-1, 2)
    return Trials(values[same], between[same, 0], values[~same], between[~same], len(present))


def _unusable(pairs: Sequence[Pair], embedded: _Embedded) -> list[PairError]:
    named = ((pair, _refusal(pair, embedded)) for pair in pairs)
    return [
        PairError(pair, embedded.refused[image].value, image=image)
        for pair, image in named
        if image is not None
    ]


def _wrong(pairs: Sequence[Pair], scores: Sequence[float], threshold: float) -> list[PairError]:
    return [
        PairError(pair, "false_non_match" if pair.same else "false_match", score)
        for pair, score in zip(pairs, scores, strict=True)
        if pair.same != (score >= threshold)
    ]


# ---- report


def write(report: AccuracyReport, folder: Path) -> None:
    """Write `report.json` and `det.png`; raises ReportUnwritable."""
    plot = det_plot(report.trials, report.threshold, f"DET of {report.pack}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.json").write_text(json.dumps(_fields(report), indent=1) + "\n", encoding="utf-8")
        (folder / "det.png").write_bytes(plot)
    except OSError as error:
        message = f"--out: {error.strerror}"
        raise ReportUnwritable(message) from None


def _fields(report: AccuracyReport) -> dict[str, object]:
    found = report.accuracy
    return {
        "pack": report.pack,
        "threshold": report.threshold,
        "genuine": len(report.trials.genuine),
        "impostor": len(report.trials.impostor),
        "eer": found.eer,
        "d_prime": found.d_prime,
        "fnmr_at_fmr": {shown(fmr): rate and asdict(rate) for fmr, rate in found.fnmr_at_fmr},
        "ms_per_image": round(report.ms_per_image, 1),
        "errors": [_error(error) for error in report.errors],
    }


def shown(fmr: float) -> str:
    """Format a rate as a key of the report: 0.01 is `1e-2`."""
    return f"{fmr:.0e}".replace("e-0", "e-")


def _error(error: PairError) -> dict[str, object]:
    pair = {"image_a": error.pair.image_a, "image_b": error.pair.image_b, "same": int(error.pair.same)}
    return {**pair, "reason": error.reason, "score": error.score, "image": error.image}


def summary(report: AccuracyReport) -> list[str]:
    """Return the lines of a report for the terminal."""
    found, trials = report.accuracy, report.trials
    wrong = sum(error.score is not None for error in report.errors)
    unusable = len(report.errors) - wrong
    lines = [
        f"pack {report.pack}, {trials.people} people, {report.ms_per_image:.1f} ms an image",
        f"{len(trials.genuine)} genuine and {len(trials.impostor)} impostor pairs scored",
        f"{wrong} wrong at threshold {report.threshold:g}; {unusable} not scored for an unusable image",
        f"EER {_number(found.eer)}, d' {_number(found.d_prime)}",
    ]
    return lines + [f"FNMR at FMR {shown(fmr)}: {_range(rate)}" for fmr, rate in found.fnmr_at_fmr]


def _number(value: float | None) -> str:
    return "not measurable with so few pairs" if value is None else f"{value:.4g}"


def _range(rate: Rate | None) -> str:
    if rate is None:
        return _number(None)
    return f"{rate.fnmr:.4f} (95 % {rate.low:.4f} to {rate.high:.4f}), threshold {rate.threshold:.4f}"
