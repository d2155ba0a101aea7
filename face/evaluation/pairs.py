"""Reads the file of labelled pairs that an evaluation scores."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from face.evaluation.error_rates import people_of
from face.values import FaceError

COLUMNS = ("image_a", "image_b", "same")
_LABELS = {"1": True, "0": False}


class BadPairs(FaceError):
    """The pairs file is malformed; the message names the line, never its content."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One row: two images, as paths relative to the file, and whether they show one person."""

    line: int
    image_a: str = field(repr=False)
    image_b: str = field(repr=False)
    same: bool


def read_pairs(file: Path) -> tuple[Pair, ...]:
    """Read the pairs; raises BadPairs for a missing file, a missing column or an invalid row."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            pairs = _rows(csv.DictReader(lines))
    except OSError as error:
        message = f"{file.name or file}: {error.strerror}"
        raise BadPairs(message) from None
    except (UnicodeDecodeError, csv.Error):
        message = f"{file.name or file}: not a CSV file in UTF-8"
        raise BadPairs(message) from None
    if not pairs:
        message = f"{file.name or file}: no pairs in it"
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
    """Require every image before the long work; rates for only some of them would mislead."""
    there = {image: (folder / image).is_file() for image in images_of(pairs)}
    for pair in pairs:
        if not (there[pair.image_a] and there[pair.image_b]):
            message = f"line {pair.line} of the pairs file names an image that is missing"
            raise BadPairs(message)


def _need_agreement(pairs: Sequence[Pair]) -> None:
    person = people_by_image(pairs)
    for pair in pairs:
        if not pair.same and person[pair.image_a] == person[pair.image_b]:
            message = f"line {pair.line} of the pairs file calls different whom other lines call the same"
            raise BadPairs(message)


def images_of(pairs: Sequence[Pair]) -> list[str]:
    """Return every image once, in the order of its first pair."""
    return list(dict.fromkeys(image for pair in pairs for image in (pair.image_a, pair.image_b)))


def people_by_image(pairs: Sequence[Pair]) -> dict[str, int]:
    """Return the number of the person of each image; see `people_of`."""
    return people_of(images_of(pairs), ((pair.image_a, pair.image_b) for pair in pairs if pair.same))
