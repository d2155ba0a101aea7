"""Routes of the first page and of its files."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from aiohttp import web

from bot.console.access.gate import Gate, RequestContext, RequestRefusal
from bot.console.access.permissions import Permission, may
from bot.console.csv_file import Cell, csv_response
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.parts import ConsoleParts
from bot.console.person.turned_down import SHOWN_FOR
from bot.console.today import charts
from bot.console.today.figures import FiguresReader, TodayFigures, losses
from bot.console.words import local_minute
from messages.catalogue.phrases import CONSOLE_FUNNEL, CONSOLE_TODAY
from messages.language.codes import Language
from storage.console.approvals import Approvals
from storage.console.live_counts import LiveCounts
from storage.database import connect

Rows = Sequence[Sequence[Cell]]


class TodayRoutes:
    """Page and files."""

    def __init__(self, gate: Gate, parts: ConsoleParts) -> None:
        self._gate = gate
        self._parts = parts
        self._reader = FiguresReader(parts)
        self._page = ConsolePage("today.html", CONSOLE_TODAY)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get("", self._gate.permitting(Permission.FIGURES, self._show)),
            web.get("/figures/{name}.csv", self._gate.permitting(Permission.FIGURES, self._file)),
        ]

    async def _show(self, context: RequestContext) -> web.Response:
        figures, language = await self._reader.read(), context.language
        live = await self._parts.live.total() if self._parts.live else LiveCounts()
        values = {
            **shell(context, "today"),
            "turned_down": await self._turned_down(context),
            "at": local_minute(figures.at, language),
            "counted": local_minute(figures.registry.at, language),
            "figures": figures,
            "registry": figures.registry.total,
            "live": live,
            "waiting": live.waiting,
            "open_tasks": sum(sum(one.values()) for one in figures.tasks.values()),
            "not_arrived": sum(figures.undelivered.values()),
            "trend": charts.trend(figures),
            "places": charts.places(figures, language),
            "funnel": charts.funnel(figures, language),
            "funnel_days": charts.funnel_days(figures),
            "failures": charts.failures(figures, language),
            "undelivered": charts.undelivered(figures, language),
            "ages": charts.ages(figures, language),
        }
        return self._page.response(language, values)

    async def _turned_down(self, context: RequestContext) -> int:
        """Count the acts that this account asked for and a second person has recently turned down."""
        if not may(context.account.role, Permission.PERSON):
            return 0
        approvals, since = Approvals(self._parts.vault), self._parts.clock() - SHOWN_FOR
        async with connect(self._parts.engine) as conn:
            return await approvals.count_turned_down(conn, context.account.name, since)

    async def _file(self, context: RequestContext) -> web.Response:
        name = context.request.match_info["name"]
        if name not in _FILES:
            return self._gate.tell(context.request, RequestRefusal.MISSING)
        head, make = _FILES[name]
        rows = make(await self._reader.read(), context.language)
        return csv_response(name, [CONSOLE_TODAY[word].spoken(context.language) for word in head], rows)


def _days(figures: TodayFigures, _language: Language) -> Rows:
    return [(day.isoformat(), count) for day, count in figures.days]


def _places(figures: TodayFigures, language: Language) -> Rows:
    return [
        (row.scheme, row.city, row.passes.count, row.due_soon.count, row.overdue.count, row.suspended.count)
        for row in charts.places(figures, language)
    ]


def _funnel(figures: TodayFigures, language: Language) -> Rows:
    return [
        (day.isoformat(), CONSOLE_FUNNEL[step].spoken(language), people, left)
        for day, steps in figures.funnel.items()
        for (step, people), left in zip(steps.items(), losses(steps).values(), strict=True)
    ]


def _tasks(figures: TodayFigures, language: Language) -> Rows:
    return [(row.name, bar.name, bar.count) for row in charts.ages(figures, language) for bar in row.ages]


def _bars(make: Callable[[TodayFigures, Language], Sequence[charts.Bar]]) -> Callable[..., Rows]:
    return lambda figures, language: [(bar.name, bar.count) for bar in make(figures, language)]


_FILES: Mapping[str, tuple[Sequence[str], Callable[[TodayFigures, Language], Rows]]] = MappingProxyType(
    {
        "days": (("day", "passes"), _days),
        "places": (("scheme", "city", "week", "due_soon", "overdue", "suspended"), _places),
        "funnel": (("day", "step", "people", "left"), _funnel),
        "failures": (("reason", "checks"), _bars(charts.failures)),
        "undelivered": (("why", "messages"), _bars(charts.undelivered)),
        "tasks": (("task", "age", "count"), _tasks),
    }
)
"""Heading words and rows of each file, by its name."""
