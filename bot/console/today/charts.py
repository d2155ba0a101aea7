"""Turns figures into what the page draws: bars with their number, and a table of places.

A chart is a list of bars of HTML and SVG, drawn by the server: readable with a screen reader, at any type
size, on paper, and without a script (decision 0035).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from bot.console.today.figures import TodayFigures, losses
from bot.console.words import city_words, stored_word
from messages.catalogue.phrases import (
    CONSOLE_AGES,
    CONSOLE_FAILURES,
    CONSOLE_FUNNEL,
    CONSOLE_TASK_KINDS,
    CONSOLE_TODAY,
    CONSOLE_UNDELIVERED,
    SCHEME_NAMES,
)
from messages.language.codes import Language
from storage.console.figures import TaskAge, Undelivered
from storage.console.standings import Standings

_TONES = {
    TaskAge.TODAY: "plain",
    TaskAge.DAYS: "plain",
    TaskAge.WEEK: "warm",
    TaskAge.OLDER: "bad",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it counts, the number, its length and where it starts, in thousandths of the longest."""

    name: str
    count: int
    length: int
    tone: str = "plain"
    start: int = 0


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """One step of the funnel: how many reached it, and in words how many left there, most at `is_worst`."""

    bar: Bar
    left: str
    is_worst: bool


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place of the table."""

    scheme: str
    city: str
    passes: Bar
    due_soon: Bar
    overdue: Bar
    suspended: Bar


@dataclass(frozen=True, slots=True)
class AgeRow:
    """Open tasks of one kind, by age; `total` is all of them."""

    kind: str
    name: str
    ages: Sequence[Bar]
    total: int


def trend(figures: TodayFigures) -> list[Bar]:
    """Return the passes of each of the last days; a day is named by month and day."""
    return _bars((_short(day), count) for day, count in figures.days)


def funnel(figures: TodayFigures, language: Language) -> list[FunnelRow]:
    """Return how many people reached each step; the step after which most leave is marked."""
    bars = _bars((CONSOLE_FUNNEL[step].spoken(language), n) for step, n in figures.way.items())
    gone = list(losses(figures.way).values())
    worst = gone.index(max(gone)) if any(gone) else None
    return [
        _funnel_row(bar, left, language, is_worst=at == worst)
        for at, (bar, left) in enumerate(zip(bars, gone, strict=True))
    ]


def _funnel_row(bar: Bar, left: int, language: Language, *, is_worst: bool) -> FunnelRow:
    text = CONSOLE_TODAY["left_most" if is_worst else "left_here"].spoken(language).format(n=left)
    return FunnelRow(replace(bar, tone="warm") if is_worst else bar, text if left else "", is_worst)


def funnel_days(figures: TodayFigures) -> list[tuple[str, list[int]]]:
    """Return the counts of each day, in the order of the steps."""
    return [(_short(day), list(steps.values())) for day, steps in figures.funnel.items()]


def failures(figures: TodayFigures, language: Language) -> list[Bar]:
    """Return the reasons of failed faces."""
    return _bars(
        ((stored_word(CONSOLE_FAILURES, reason, language), n) for reason, n in figures.failures), "warm"
    )


def undelivered(figures: TodayFigures, language: Language) -> list[Bar]:
    """Return the messages that have not arrived; what was given up is marked."""
    counts = figures.undelivered
    bars = _bars((CONSOLE_UNDELIVERED[why].spoken(language), n) for why, n in counts.items())
    return [
        replace(bar, tone="warm") if why is Undelivered.REFUSED else bar
        for why, bar in zip(counts, bars, strict=True)
    ]


def ages(figures: TodayFigures, language: Language) -> list[AgeRow]:
    """Return the open tasks, the kind with the most first."""
    longest = max((sum(kind.values()) for kind in figures.tasks.values()), default=0)
    rows = [
        AgeRow(
            kind,
            stored_word(CONSOLE_TASK_KINDS, kind, language),
            _in_a_row(
                _bar(CONSOLE_AGES[age].spoken(language), n, longest, _TONES[age]) for age, n in of_age.items()
            ),
            sum(of_age.values()),
        )
        for kind, of_age in figures.tasks.items()
    ]
    return sorted(rows, key=lambda row: (-row.total, row.kind))


def places(figures: TodayFigures, language: Language) -> list[PlaceRow]:
    """Return the places, those with the most overdue first; the longest bar of a column is full."""
    known = {**dict.fromkeys(figures.passes, Standings()), **figures.registry.places}
    order = sorted(known, key=lambda place: (-known[place].overdue, -known[place].living, place))
    words = {word: phrase.spoken(language) for word, phrase in CONSOLE_TODAY.items()}
    columns = (
        _bars(((words["week"], figures.passes.get(place, 0)) for place in order), "good"),
        _bars((words["due_soon"], known[place].due_soon) for place in order),
        _bars(((words["overdue"], known[place].overdue) for place in order), "warm"),
        _bars(((words["suspended"], known[place].suspended) for place in order), "dark"),
    )
    return [
        PlaceRow(SCHEME_NAMES[scheme].spoken(language), city_words(city, language), *bars)
        for (scheme, city), *bars in zip(order, *columns, strict=True)
    ]


def _short(day: date) -> str:
    return f"{day.month}/{day.day}"


def _bars(counts: Iterable[tuple[str, int]], tone: str = "plain") -> list[Bar]:
    held = list(counts)
    longest = max((count for _, count in held), default=0)
    return [_bar(name, count, longest, tone) for name, count in held]


def _bar(name: str, count: int, longest: int, tone: str = "plain") -> Bar:
    return Bar(name, count, round(1000 * count / longest) if longest else 0, tone)


def _in_a_row(bars: Iterable[Bar]) -> list[Bar]:
    """Return the bars of one row, each starting where the one before ends."""
    held = list(bars)
    starts = accumulate((bar.length for bar in held), initial=0)
    return [replace(bar, start=start) for bar, start in zip(held, starts, strict=False)]
