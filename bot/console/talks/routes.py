"""Routes of one chat: read, take, answer, hand back.

Nobody reads a colleague's chat. Each answer that shows new words of a person is recorded in the audit.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from bot.console.access.gate import Gate, Refused, Visit
from bot.console.access.permissions import Permission
from bot.console.headers import HEADERS
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.parts import ConsoleParts
from bot.console.person.case_access import CaseAccess
from bot.console.redirect import see_other
from bot.console.talks.reading import OpenedTalk, person_of, read_talk
from bot.console.talks.view import TalkView
from bot.conversation.talk_room import LONGEST_ANSWER, TalkRoom, is_too_long
from bot.pages.template_page import Values
from messages.catalogue.phrases import CONSOLE_TALKS
from storage.audit import subject_of
from storage.audit_actions import AuditAction
from storage.database import Connection, connect, lock_accounts, transaction
from storage.messaging.talks import Talk, TalkSide

_DONE = frozenset({"taken", "sent"})
_TOLD = _DONE | {"no_words", "too_long", "not_yours", "said_already"}

_Acting = Callable[[Visit, Connection, Talk], Awaitable[web.Response]]


class TalkRoutes:
    """One chat; no addresses where the office does not offer chats."""

    def __init__(self, gate: Gate, parts: ConsoleParts) -> None:
        self._gate = gate
        self._parts = parts

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        if self._parts.talks is None:
            return []
        chat = _Chat(self._gate, self._parts, self._parts.talks)
        one, guard = "/talks/{id:[0-9]{1,12}}", self._gate.permitting
        return [
            web.get(one, guard(Permission.TALKS, chat.of_talk(chat.show))),
            web.get(f"{one}/now", self._gate.watching(Permission.TALKS, chat.now)),
            web.post(f"{one}/take", guard(Permission.TALKS, chat.of_talk(chat.take))),
            web.post(f"{one}/say", guard(Permission.TALKS, chat.of_talk(chat.say))),
            web.post(f"{one}/end", guard(Permission.TALKS, chat.of_talk(chat.end))),
            web.post(f"{one}/seen-to", guard(Permission.TALKS, chat.of_talk(chat.see_to))),
            web.post(f"{one}/case", guard(Permission.PERSON, chat.of_talk(chat.open_case))),
        ]


@dataclass(frozen=True, slots=True)
class _Chat:
    """What a clerk does with one chat, each in one transaction with its record."""

    gate: Gate
    parts: ConsoleParts
    room: TalkRoom
    page: ConsolePage = field(default_factory=lambda: ConsolePage("talk.html", CONSOLE_TALKS))
    live: ConsolePage = field(default_factory=lambda: ConsolePage("talk_live.html", CONSOLE_TALKS))

    def of_talk(self, act: _Acting) -> Callable[[Visit], Awaitable[web.Response]]:
        """Return what acts on the talk of an address, unless it is a colleague's, or none."""

        async def found(visit: Visit) -> web.Response:
            """Act on the talk; a missing one is refused, a colleague's one also recorded."""
            async with transaction(self.parts.engine) as conn:
                talk = await self._find(conn, visit)
                if talk is None:
                    return await self._missing(conn, visit)
                if _is_of_colleague(talk, visit):
                    await self._note(conn, visit, AuditAction.CONSOLE_REFUSED, talk, "another's chat")
                    return see_other("/admin/talks?told=taken_by_other")
                return await act(visit, conn, talk)

        return found

    async def now(self, visit: Visit) -> web.Response:
        """Return the part that changes by itself, where it has changed since it was `seen`."""
        async with connect(self.parts.engine) as conn:
            talk = await self._find(conn, visit)
            is_shown = talk is not None and not _is_of_colleague(talk, visit)
            opened = await read_talk(conn, self.room, talk) if talk and is_shown else None
        if talk is None or opened is None:
            return await self.gate.refuse(visit, Refused.MISSING, _place(visit))
        view, seen = self._view(visit, opened), visit.request.query.get("seen", "")
        if view.version() == seen:
            return web.Response(status=204, headers=HEADERS)
        if view.said() != seen.partition("-")[0]:
            async with transaction(self.parts.engine) as conn:
                await self._note(conn, visit, AuditAction.TALK_READ, talk)
        return self.live.response(visit.language, self._shown(visit, opened))

    async def _missing(self, conn: Connection, visit: Visit) -> web.Response:
        return await self.gate.refuse_in(conn, visit, Refused.MISSING, _place(visit))

    async def _find(self, conn: Connection, visit: Visit) -> Talk | None:
        return await self.room.stores.talks.find(conn, int(visit.request.match_info["id"]))

    async def show(self, visit: Visit, conn: Connection, talk: Talk) -> web.Response:
        """Show the whole page."""
        return await self._page(visit, conn, talk, visit.request.query.get("told", ""))

    async def _page(
        self, visit: Visit, conn: Connection, talk: Talk, told: str, unsent: str = ""
    ) -> web.Response:
        """Show the page with a notice, and with what a clerk wrote that was not sent."""
        await self._note(conn, visit, AuditAction.TALK_READ, talk)
        language = visit.language
        opened = await read_talk(conn, self.room, talk)
        values = {
            **shell(visit, "talks"),
            **self._shown(visit, opened),
            "is_mine": talk.is_open and talk.taken_by == visit.account.name,
            "is_free": talk.is_free,
            "is_missed": talk.is_free and not talk.is_open,
            "unsent": unsent,
            "is_known": opened.person is not None,
            "longest": LONGEST_ANSWER,
            "silence": int(self.room.silence.total_seconds() // 60),
            "told": CONSOLE_TALKS[told].spoken(language) if told in _TOLD else "",
            "is_done": told in _DONE,
        }
        return self.page.response(language, values, 409 if unsent else 200)

    async def take(self, visit: Visit, conn: Connection, talk: Talk) -> web.Response:
        """Take the chat; of two clerks one does."""
        if not talk.taken_by:
            if not await self.room.take(conn, talk, visit.account.name):
                await self._note(conn, visit, AuditAction.CONSOLE_REFUSED, talk, "taken_by_other")
                return see_other("/admin/talks?told=taken_by_other")
            await self._note(conn, visit, AuditAction.TALK_TAKEN, talk)
        return see_other(f"/admin/talks/{talk.id}?told=taken")

    async def say(self, visit: Visit, conn: Connection, talk: Talk) -> web.Response:
        """Send what the clerk wrote; what is not sent is not lost."""
        words = _clean(visit.form.get("words", ""))
        told = await self._said(visit, conn, talk, words)
        if words and told not in _DONE:
            return await self._page(visit, conn, talk, told, words)
        return see_other(f"/admin/talks/{talk.id}?told={told}")

    async def _said(self, visit: Visit, conn: Connection, talk: Talk, words: str) -> str:
        if not words:
            return "no_words"
        if is_too_long(words):
            return "too_long"
        await lock_accounts(conn, [talk.account])  # of two equal answers the second sees the first
        if await self._is_newest(conn, talk, words):
            return "said_already"
        if not await self.room.answer(conn, talk, visit.account.name, words):
            await self._note(conn, visit, AuditAction.CONSOLE_REFUSED, talk, "not_yours")
            return "not_yours"
        await self._note(conn, visit, AuditAction.TALK_ANSWERED, talk)
        return "sent"

    async def _is_newest(self, conn: Connection, talk: Talk, words: str) -> bool:
        """Whether a clerk has just said these very words: a second click, or the browser's way back."""
        lines = await self.room.stores.talks.lines(conn, talk.id)
        return bool(lines) and (lines[-1].said_by, lines[-1].words) == (TalkSide.CLERK, words)

    async def see_to(self, visit: Visit, conn: Connection, talk: Talk) -> web.Response:
        """Put away a chat that was missed, such as one to which somebody has answered by phone."""
        if not await self.room.see_to(conn, talk, visit.account.name):
            await self._note(conn, visit, AuditAction.CONSOLE_REFUSED, talk, "not_yours")
            return see_other("/admin/talks?told=taken_by_other")
        await self._note(conn, visit, AuditAction.TALK_ENDED, talk, "seen_to")
        return see_other("/admin/talks?told=seen_to")

    async def end(self, visit: Visit, conn: Connection, talk: Talk) -> web.Response:
        """Hand the chat back to the dialog."""
        if not await self.room.hand_back(conn, talk, visit.account.name):
            return see_other(f"/admin/talks/{talk.id}?told=not_yours")
        await self._note(conn, visit, AuditAction.TALK_ENDED, talk)
        return see_other("/admin/talks?told=handed_back")

    async def open_case(self, visit: Visit, conn: Connection, talk: Talk) -> web.Response:
        """Open the case of the person whom the chat seems to be about."""
        person = person_of(await self.room.session(conn, talk.account))
        if person is None:
            return await self._missing(conn, visit)
        return see_other(await CaseAccess(self.parts).open(conn, visit.account, person, "talk"))

    async def _note(
        self, conn: Connection, visit: Visit, action: AuditAction, talk: Talk, detail: str = ""
    ) -> None:
        """Record an act under the person's hash, or the account's where nobody is known by it."""
        person = person_of(await self.room.session(conn, talk.account))
        subject = subject_of(self.parts.vault, person.lifelong_number if person else talk.account)
        told = f"{detail} talk {talk.id}".strip()
        await self.parts.work_of(visit.account.name).note(conn, action, subject, told)

    def _view(self, visit: Visit, opened: OpenedTalk) -> TalkView:
        return TalkView(opened, visit.language, self.parts.clock())

    def _shown(self, visit: Visit, opened: OpenedTalk) -> Values:
        return {
            "view": self._view(visit, opened),
            "is_over": not opened.talk.is_open,
            "talk_id": opened.talk.id,
        }


def _place(visit: Visit) -> str:
    return f"talk {visit.request.match_info['id']}"


def _is_of_colleague(talk: Talk, visit: Visit) -> bool:
    return talk.taken_by not in {"", visit.account.name}


def _clean(words: str) -> str:
    """Return what was typed without signs that cannot be seen; lines end as the platform ends them."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign == "\n" or sign.isprintable()).strip()
