"""`stats`: the figures of the console's first page, in the terminal."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bot.cli.operator.context import opened
from bot.cli.operator.terminal import Subcommands
from bot.clock import system_clock
from dialogs.local_time import SHANGHAI

if TYPE_CHECKING:
    from bot.console.today.figures import TodayFigures

NamedCounts = Iterable[tuple[str, int]]
"""What is counted, and how many."""

ORDER = 10
"""Position of the commands in `--help`."""
_WIDEST = 30
"""Characters of the longest bar."""


def add_to(subcommands: Subcommands) -> None:
    """Add the command."""
    subcommands.add_parser(
        "stats", help="show figures: passes, due dates, failures, deliveries and tasks"
    ).set_defaults(run=lambda _: run_stats())


async def run_stats() -> int:
    """Print the figures; none of them is about a single person."""
    from bot.console.parts import ConsoleParts
    from bot.console.today.figures import FiguresReader

    async with opened() as context:
        figures = await FiguresReader(ConsoleParts(context.engine, context.vault, system_clock)).read()
    print("\n".join(lines_of(figures)))
    return 0


def lines_of(figures: "TodayFigures") -> Iterator[str]:
    """Yield the lines, a heading and its bars for each kind of figure."""
    total, counted = figures.registry.total, figures.registry.at.astimezone(SHANGHAI)
    yield f"at {figures.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}, Asia/Shanghai"
    yield f"degraded: {', '.join(figures.degraded) or 'nothing'}"
    yield from _bars("passes by day", [(f"{day:%m-%d}", count) for day, count in figures.days])
    yield from _bars(
        f"beneficiaries, counted at {counted:%H:%M}",
        [("due in 30 days", total.due_soon), ("overdue", total.overdue), ("suspended", total.suspended)],
    )
    yield from _bars("passes by place, 7 days", _places(figures))
    yield from _funnel(figures)
    yield from _bars("failed face checks, 7 days", figures.failures)
    yield from _bars("messages not delivered", [(kind.value, n) for kind, n in figures.undelivered.items()])
    yield from _bars("open tasks", [(kind.value, sum(ages.values())) for kind, ages in figures.tasks.items()])


def _funnel(figures: "TodayFigures") -> Iterator[str]:
    """Yield the funnel with how many came no further than each step, and one line per day."""
    from bot.console.today.figures import losses

    way, gone = figures.way, losses(figures.way)
    named = [(f"{step}, {gone[step]:,} no further" if gone[step] else step.value, way[step]) for step in way]
    yield from _bars("people from greeting to pass, 7 days", named)
    most = max(gone, key=lambda step: gone[step])
    yield f"  most leave after: {most if gone[most] else 'no step'}"
    for day, steps in figures.funnel.items():
        yield f"  {day:%m-%d}  " + "  ".join(f"{step} {people:,}" for step, people in steps.items())


def _places(figures: "TodayFigures") -> NamedCounts:
    """Name each place by its city's code (GB/T 2260) and its scheme, most passes first."""
    for (scheme, city), count in sorted(figures.passes.items(), key=lambda one: -one[1]):
        yield f"{city} {scheme}", count


def _bars(heading: str, counts: NamedCounts) -> Iterator[str]:
    rows = list(counts)
    most = max((count for _, count in rows), default=0)
    wide = max((len(name) for name, _ in rows), default=0)
    yield f"\n{heading}"
    for name, count in rows:
        yield f"  {name:<{wide}}  {count:>7,}  {'█' * round(_WIDEST * count / max(most, 1))}".rstrip()
