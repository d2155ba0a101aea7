"""The list of chats: waiting, taken and by whom, missed."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.access.gate import Gate, RequestContext, RequestRefusal
from bot.console.access.permissions import Permission
from bot.console.flash import flash_values
from bot.console.headers import HEADERS
from bot.console.page_fingerprint import fingerprint_of
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.parts import ConsoleParts
from bot.console.talks.view import QueueRow, TalkHolder, queue_row
from bot.conversation.talk_service import TalkService
from messages.catalogue.phrases import CONSOLE_TALKS
from storage.audit_trail.actions import AuditAction
from storage.database import connect, transaction
from storage.messaging.talk_load import read_talk_load

_DONE = frozenset({"handed_back", "seen_to"})
_FLASHES = {word: CONSOLE_TALKS[word] for word in (*_DONE, "taken_by_other")}


@dataclass(frozen=True, slots=True)
class _Listed:
    """The rows, with one mark that changes with the people and one that changes with anything shown."""

    rows: Sequence[QueueRow]
    people: str
    version: str

    @property
    def waiting(self) -> int:
        """How many chats wait for a clerk."""
        return sum(row.holder is TalkHolder.WAITING for row in self.rows)


class TalkQueueRoutes:
    """The list, and what an open page polls."""

    def __init__(self, gate: Gate, parts: ConsoleParts) -> None:
        self._gate = gate
        self._parts = parts
        self._page = ConsolePage("talks.html", CONSOLE_TALKS)
        self._live = ConsolePage("talks_live.html", CONSOLE_TALKS)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        show = self._gate.permitting(Permission.TALKS, self._show)
        now = self._gate.watching(Permission.TALKS, self._now)
        waiting = self._gate.watching(Permission.TALKS, self._waiting)
        return [web.get("/talks", show), web.get("/talks/now", now), web.get("/talks/waiting", waiting)]

    async def _waiting(self, context: RequestContext) -> web.Response:
        """Return how many chats wait for a clerk, for the navigation of every page; it names nobody."""
        if self._parts.talks is None:
            return self._gate.tell(context.request, RequestRefusal.MISSING)
        async with connect(self._parts.engine) as conn:
            load = await read_talk_load(conn, self._parts.clock())
        return web.Response(text=f"{load.waiting:.0f}", headers=HEADERS)

    async def _show(self, context: RequestContext) -> web.Response:
        values = {
            **shell(context, "talks"),
            **_values(await self._read_list(context, "")),
            "is_offered": self._parts.talks is not None,
            **flash_values(context.request.query.get("flash", ""), _FLASHES, _DONE, context.language),
        }
        return self._page.response(context.language, values)

    async def _now(self, context: RequestContext) -> web.Response:
        """Return the list if it has changed since it was `seen`."""
        seen = context.request.query.get("seen", "")
        listed = await self._read_list(context, seen.partition("-")[0])
        if listed.version == seen:
            return web.Response(status=204, headers=HEADERS)
        values = {**_values(listed), "csrf": context.opened.csrf}
        return self._live.response(context.language, values)

    async def _read_list(self, context: RequestContext, people_seen: str) -> _Listed:
        """Read the list, and record it if it shows people who were not seen before."""
        service = self._parts.talks
        if service is None:
            return _Listed((), "", "")
        rows = await self._rows(context, service)
        people = fingerprint_of([row.id for row in rows])
        if rows and people != people_seen:
            work = self._parts.work_of(context.account.name)
            async with transaction(self._parts.engine) as conn:
                await work.note(conn, AuditAction.TALKS_LISTED, "-", f"{len(rows)} listed")
        shown = fingerprint_of([(row.id, row.status, row.stands, row.since) for row in rows])
        return _Listed(rows, people, f"{people}-{shown}")

    async def _rows(self, context: RequestContext, service: TalkService) -> list[QueueRow]:
        name, language, now = context.account.name, context.language, self._parts.clock()
        async with connect(self._parts.engine) as conn:
            waiting = await service.waiting(conn)
            sessions = await service.sessions(conn, sorted({talk.account for talk in waiting}))
        return [queue_row(talk, sessions[talk.account], name, language, now) for talk in waiting]


def _values(listed: _Listed) -> dict[str, object]:
    return {"rows": listed.rows, "version": listed.version, "waiting_now": listed.waiting}
