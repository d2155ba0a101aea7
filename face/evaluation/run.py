"""Runs `face eval`: reads a file of labelled pairs, scores them and writes their error rates."""

import csv
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from statistics import median

import numpy as np

from face.checker import Checker
from face.evaluation.det_plot import det_plot
from face.evaluation.error_rates import Accuracy, Rate, Trials, measured, people_of
from face.values import FaceError, Reason, ReportUnwritable, Vector

COLUMNS = ("image_a", "image_b", "same")
_LABELS = {"1": True, "0": False}


class BadPairs(FaceError):
    """The pairs file is not what it should be; the message names the line, never what it says."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One row: two images, as paths relative to the file, and whether they show one person."""

    line: int
    image_a: str = field(repr=False)
    image_b: str = field(repr=False)
    same: bool


@dataclass(frozen=True, slots=True)
class PairError:
    """A pair that went wrong.

    `reason` is `false_match` or `false_non_match`, of a scored pair; or why `image` shows no usable face.
    """

    pair: Pair
    reason: str
    score: float | None = None
    image: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class AccuracyReport:
    """What one run found; `ms_per_image` is the median of decoding, detection and embedding on one thread."""

    pack: str
    threshold: float
    trials: Trials
    accuracy: Accuracy
    ms_per_image: float
    errors: tuple[PairError, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Looked:
    """All images, each seen once: a unit vector, or the reason why there is none."""

    vectors: Mapping[str, Vector]
    refused: Mapping[str, Reason]
    ms_per_image: float


# ---- in


def read_pairs(file: Path) -> tuple[Pair, ...]:
    """Read the pairs; raises BadPairs for a missing file, missing columns or a row that makes no sense."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            pairs = _rows(csv.DictReader(lines))
    except OSError as error:
        message = f"{file.name}: {error.strerror}"
        raise BadPairs(message) from None
    except (UnicodeDecodeError, csv.Error):
        message = f"{file.name}: not a CSV file in UTF-8"
        raise BadPairs(message) from None
    if not pairs:
        message = f"{file.name}: no pairs in it"
        raise BadPairs(message)
    _need_images(file.parent, pairs)
    _need_agreement(pairs)
    return pairs


def _rows(rows: "csv.DictReader[str]") -> tuple[Pair, ...]:
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        message = f"the pairs file lacks the column {', '.join(missing)}; it needs {','.join(COLUMNS)}"
        raise BadPairs(message)
    return tuple(_pair(row, rows.line_num) for row in rows)


def _pair(row: Mapping[str, str | None], line: int) -> Pair:
    first, second, label = ((row[column] or "").strip() for column in COLUMNS)
    if not first or not second or label not in _LABELS:
        message = f"line {line} of the pairs file needs two images and same as 1 or 0"
        raise BadPairs(message)
    return Pair(line, PurePath(first).as_posix(), PurePath(second).as_posix(), _LABELS[label])


def _need_images(folder: Path, pairs: Sequence[Pair]) -> None:
    """Look before the long work: rates of the images that happen to be there would mislead."""
    there = {image: (folder / image).is_file() for image in images_of(pairs)}
    for pair in pairs:
        if not (there[pair.image_a] and there[pair.image_b]):
            message = f"line {pair.line} of the pairs file names an image that is missing"
            raise BadPairs(message)


def _need_agreement(pairs: Sequence[Pair]) -> None:
    person = _people(pairs)
    for pair in pairs:
        if not pair.same and person[pair.image_a] == person[pair.image_b]:
            message = f"line {pair.line} of the pairs file calls different whom other lines call the same"
            raise BadPairs(message)


def images_of(pairs: Sequence[Pair]) -> list[str]:
    """List every image once, in the order of its first pair."""
    return list(dict.fromkeys(image for pair in pairs for image in (pair.image_a, pair.image_b)))


def _people(pairs: Sequence[Pair]) -> dict[str, int]:
    return people_of(images_of(pairs), ((pair.image_a, pair.image_b) for pair in pairs if pair.same))


# ---- through


def evaluate(
    folder: Path, pairs: Sequence[Pair], checker: Checker, advance: Callable[[int], None]
) -> AccuracyReport:
    """Score all pairs; images are enrolled as the service would, once each, `advance` told of each."""
    looked = _look(folder, images_of(pairs), checker, advance)
    usable = [pair for pair in pairs if _refusal(pair, looked) is None]
    scores = _scores(usable, looked.vectors)
    trials = _trials(usable, scores, _people(pairs))
    errors = _unusable(pairs, looked) + _wrong(usable, scores, checker.threshold)
    accuracy = measured(trials)
    return AccuracyReport(
        checker.pack_name, checker.threshold, trials, accuracy, looked.ms_per_image, tuple(errors)
    )


def _look(folder: Path, images: Sequence[str], checker: Checker, advance: Callable[[int], None]) -> _Looked:
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
    return _Looked(vectors, refused, 1000 * median(spent))


def _refusal(pair: Pair, looked: _Looked) -> str | None:
    """Name the first of a pair's images that cannot be used."""
    return next((image for image in (pair.image_a, pair.image_b) if image in looked.refused), None)


def _scores(pairs: Sequence[Pair], vectors: Mapping[str, Vector]) -> list[float]:
    return [float(vectors[pair.image_a] @ vectors[pair.image_b]) for pair in pairs]


def _trials(pairs: Sequence[Pair], scores: Sequence[float], person: Mapping[str, int]) -> Trials:
    values, same = np.array(scores, np.float64), np.array([pair.same for pair in pairs], bool)
    named = [(person[pair.image_a], person[pair.image_b]) for pair in pairs]
    # Numbered anew: whoever has no usable pair must not be drawn in the bootstrap.
    present, numbers = np.unique(np.array(named, np.intp), return_inverse=True)
    between = numbers.reshape(-1, 2)
    return Trials(values[same], between[same, 0], values[~same], between[~same], len(present))


def _unusable(pairs: Sequence[Pair], looked: _Looked) -> list[PairError]:
    named = ((pair, _refusal(pair, looked)) for pair in pairs)
    return [
        PairError(pair, looked.refused[image].value, image=image)
        for pair, image in named
        if image is not None
    ]


def _wrong(pairs: Sequence[Pair], scores: Sequence[float], threshold: float) -> list[PairError]:
    return [
        PairError(pair, "false_non_match" if pair.same else "false_match", score)
        for pair, score in zip(pairs, scores, strict=True)
        if pair.same != (score >= threshold)
    ]


# ---- out


def write(report: AccuracyReport, folder: Path) -> None:
    """Write `report.json` and `det.png`; raises ReportUnwritable where that cannot be done."""
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
        "fnmr_at_fmr": {shown(fmr): _rate(rate) for fmr, rate in found.fnmr_at_fmr},
        "ms_per_image": round(report.ms_per_image, 1),
        "errors": [_error(error) for error in report.errors],
    }


def shown(fmr: float) -> str:
    """Write a rate as the contract's key: 0.01 is `1e-2`."""
    return f"{fmr:.0e}".replace("e-0", "e-")


def _rate(rate: Rate | None) -> dict[str, float] | None:
    if rate is None:
        return None
    return {"fnmr": rate.fnmr, "low": rate.low, "high": rate.high, "threshold": rate.threshold}


def _error(error: PairError) -> dict[str, object]:
    pair = {"image_a": error.pair.image_a, "image_b": error.pair.image_b, "same": int(error.pair.same)}
    return {**pair, "reason": error.reason, "score": error.score, "image": error.image}


def summary(report: AccuracyReport) -> list[str]:
    """Sum a report up for the terminal."""
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
