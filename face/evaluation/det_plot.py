"""Draws the DET curve (Martin et al., "The DET curve in assessment of detection task performance", 1997).

It uses Pillow, which is a dependency anyway: one curve on two axes needs no plotting library.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist

from PIL import Image, ImageDraw, ImageFont

from face.evaluation.error_rates import LEAST_EXPECTED, Trials, det, rates_at

SIZE = 720
"""Width and height in pixels."""
FRAME = (90, 60, SIZE - 30, SIZE - 60)
"""Left, top, right, bottom of the box of the axes."""
LEAST, MOST = 5e-5, 0.6
"""Rates at the edges of the box; rates beyond them, and zero, are drawn on the edge."""
TICKS = ((1e-4, "0.01"), (1e-3, "0.1"), (1e-2, "1"), (0.05, "5"), (0.1, "10"), (0.2, "20"), (0.4, "40"))
INK, GREY, PALE, CURVE, MARK = "#222222", "#999999", "#eeeeee", "#1f5fa8", "#b3261e"

_deviate = NormalDist().inv_cdf


@dataclass(frozen=True, slots=True)
class _Pen:
    draw: ImageDraw.ImageDraw
    words: ImageFont.FreeTypeFont | ImageFont.ImageFont


def det_plot(trials: Trials, threshold: float, title: str) -> bytes:
    """Return a PNG: FNMR over FMR in normal deviates, the threshold in use, and the limit of the data.

    A grey band covers rates under 3 / pairs, about which so few pairs show nothing.
    """
    image = Image.new("RGB", (SIZE, SIZE), "white")
    pen = _Pen(ImageDraw.Draw(image), ImageFont.load_default(15))
    counts = len(trials.impostor), len(trials.genuine)
    _shade(pen, *counts)
    _axes(pen)
    if all(counts):
        _curve(pen, trials)
        _mark(pen, trials, threshold)
    _captions(pen, title, *counts)
    with io.BytesIO() as file:
        image.quantize(64).save(file, "PNG", optimize=True)
        return file.getvalue()


def _place(fmr: float, fnmr: float) -> tuple[float, float]:
    left, top, right, bottom = FRAME
    return left + _share(fmr) * (right - left), bottom - _share(fnmr) * (bottom - top)


def _share(rate: float) -> float:
    """Return the place of a rate along its axis, 0–1."""
    low, high = _deviate(LEAST), _deviate(MOST)
    return (_deviate(min(max(rate, LEAST), MOST)) - low) / (high - low)


def _shade(pen: _Pen, impostor: int, genuine: int) -> None:
    left, top, right, bottom = FRAME
    edge = _place(LEAST_EXPECTED / max(impostor, 1), LEAST_EXPECTED / max(genuine, 1))
    pen.draw.rectangle((left, top, edge[0], bottom), PALE)
    pen.draw.rectangle((left, edge[1], right, bottom), PALE)


def _axes(pen: _Pen) -> None:
    left, top, right, bottom = FRAME
    for rate, label in TICKS:
        across, up = _place(rate, rate)
        pen.draw.line((across, top, across, bottom), "#d8d8d8")
        pen.draw.line((left, up, right, up), "#d8d8d8")
        pen.draw.text((across, bottom + 8), label, INK, pen.words, anchor="mt")
        pen.draw.text((left - 8, up), label, INK, pen.words, anchor="rm")
    pen.draw.line((*_place(LEAST, LEAST), *_place(MOST, MOST)), GREY)
    pen.draw.rectangle(FRAME, outline=INK)


def _curve(pen: _Pen, trials: Trials) -> None:
    points = det(trials.genuine, trials.impostor)
    corners = [_place(float(fmr), float(fnmr)) for fmr, fnmr in zip(points.fmr, points.fnmr, strict=True)]
    pen.draw.line(_steps(corners), CURVE, 3)


def _steps(corners: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return horizontal and vertical segments, none slanted: nothing was measured between two thresholds."""
    path = list(corners[:1])
    for (_, level), corner in pairwise(corners):
        path += [(corner[0], level), corner]
    return path


def _mark(pen: _Pen, trials: Trials, threshold: float) -> None:
    across, up = _place(*rates_at(trials.genuine, trials.impostor, threshold))
    pen.draw.ellipse((across - 6, up - 6, across + 6, up + 6), fill=MARK)
    right = across < (FRAME[0] + FRAME[2]) / 2
    where = (across + 12, up - 12) if right else (across - 12, up - 12)
    pen.draw.text(where, f"threshold {threshold:g}", MARK, pen.words, anchor="ls" if right else "rs")


def _captions(pen: _Pen, title: str, impostor: int, genuine: int) -> None:
    middle = (FRAME[0] + FRAME[2]) / 2
    pen.draw.text((middle, 12), title, INK, ImageFont.load_default(18), anchor="mt")
    counts = f"{genuine} genuine, {impostor} impostor pairs; grey: too few pairs to say"
    pen.draw.text((middle, 36), counts, INK, pen.words, anchor="mt")
    pen.draw.text((middle, SIZE - 28), "false match rate, %", INK, pen.words, anchor="mt")
    pen.draw.text((12, FRAME[1] - 8), "false non-match rate, %", INK, pen.words, anchor="ls")
