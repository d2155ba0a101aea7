"""Routes of one chat: read, take, answer, hand back.

Nobody reads a colleague's chat. Each answer that shows new words of a person is recorded in the audit.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from bot.console.access.gate import ROW_ID, Gate, RequestContext, RequestRefusal
from bot.console.access.permissions import Permission
from bot.console.flash import flash_values
from bot.console.headers import HEADERS
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.parts import ConsoleParts
from bot.console.person.case_access import CaseAccess
from bot.console.redirect import see_other
from bot.console.talks.reading import OpenedTalk, person_of, read_talk
from bot.console.talks.view import TalkView
from bot.conversation.talk_service import LONGEST_ANSWER, TalkService, is_too_long
from bot.pages.template_page import Values
from messages.catalogue.phrases import CONSOLE_TALKS
from storage.audit_trail.actions import AuditAction
from storage.audit_trail.audit import subject_of
from storage.database import Connection, connect, lock_accounts, transaction
from storage.messaging.talks import Talk, TalkSide

_DONE = frozenset({"taken", "sent"})
_FLASHES = {
    word: CONSOLE_TALKS[word] for word in (*_DONE, "no_words", "too_long", "not_yours", "said_already")
}

_Acting = Callable[[RequestContext, Connection, Talk], Awaitable[web.Response]]


class TalkRoutes:
    """One chat; no addresses if the office does not offer chats."""

    def __init__(self, gate: Gate, parts: ConsoleParts) -> None:
        self._gate = gate
        self._parts = parts

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        if self._parts.talks is None:
            return []
        chat = _Chat(self._gate, self._parts, self._parts.talks)
        one, guard = f"/talks/{ROW_ID}", self._gate.permitting
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
    """A clerk's acts on one chat, each in one transaction with its record."""

    gate: Gate
    parts: ConsoleParts
    service: TalkService
    page: ConsolePage = field(default_factory=lambda: ConsolePage("talk.html", CONSOLE_TALKS))
    live: ConsolePage = field(default_factory=lambda: ConsolePage("talk_live.html", CONSOLE_TALKS))

    def of_talk(self, act: _Acting) -> Callable[[RequestContext], Awaitable[web.Response]]:
        """Return the handler that acts on the talk of an address, unless it is a colleague's or missing."""

        async def found(context: RequestContext) -> web.Response:
            """Act on the talk; a missing one is refused, and a colleague's is refused and recorded."""
            async with transaction(self.parts.engine) as conn:
                talk = await self._find(conn, context)
                if talk is None:
                    return await self._missing(conn, context)
                if _is_of_colleague(talk, context):
                    await self._note(conn, context, AuditAction.CONSOLE_REFUSED, talk, "another's chat")
                    return see_other("/admin/talks?flash=taken_by_other")
                return await act(context, conn, talk)

        return found

    async def now(self, context: RequestContext) -> web.Response:
        """Return the part that changes on its own, if it has changed since it was `seen`."""
        async with connect(self.parts.engine) as conn:
            talk = await self._find(conn, context)
            is_shown = talk is not None and not _is_of_colleague(talk, context)
            opened = await read_talk(conn, self.service, talk) if talk and is_shown else None
        if talk is None or opened is None:
            return await self.gate.refuse(context, RequestRefusal.MISSING, _place(context))
        view, seen = self._view(context, opened), context.request.query.get("seen", "")
        if view.version() == seen:
            return web.Response(status=204, headers=HEADERS)
        if view.said() != seen.partition("-")[0]:
            async with transaction(self.parts.engine) as conn:
                await self._note(conn, context, AuditAction.TALK_READ, talk)
        return self.live.response(context.language, self._shown(context, opened))

    async def _missing(self, conn: Connection, context: RequestContext) -> web.Response:
        return await self.gate.refuse_in(conn, context, RequestRefusal.MISSING, _place(context))

    async def _find(self, conn: Connection, context: RequestContext) -> Talk | None:
        return await self.service.stores.talks.find(conn, context.row_id)

    async def show(self, context: RequestContext, conn: Connection, talk: Talk) -> web.Response:
        """Show the entire page."""
        return await self._page(context, conn, talk, context.request.query.get("flash", ""))

    async def _page(
        self, context: RequestContext, conn: Connection, talk: Talk, flash: str, unsent: str = ""
    ) -> web.Response:
        """Show the page with a flash message, and with what a clerk wrote that was not sent."""
        await self._note(conn, context, AuditAction.TALK_READ, talk)
        opened = await read_talk(conn, self.service, talk)
        values = {
            **shell(context, "talks"),
            **self._shown(context, opened),
            "address": f"/admin/talks/{talk.id}",
            "is_mine": talk.is_open and talk.taken_by == context.account.name,
            "is_free": talk.is_free,
            "is_missed": talk.is_free and not talk.is_open,
            "unsent": unsent,
            "is_known": opened.person is not None,
            "longest": LONGEST_ANSWER,
            "silence": int(self.service.silence.total_seconds() // 60),
            **flash_values(flash, _FLASHES, _DONE, context.language),
        }
        return self.page.response(context.language, values, 409 if unsent else 200)

    async def take(self, context: RequestContext, conn: Connection, talk: Talk) -> web.Response:
        """Take the chat; of two clerks only one gets it."""
        if not talk.taken_by:
            if not await self.service.take(conn, talk, context.account.name):
                await self._note(conn, context, AuditAction.CONSOLE_REFUSED, talk, "taken_by_other")
                return see_other("/admin/talks?flash=taken_by_other")
            await self._note(conn, context, AuditAction.TALK_TAKEN, talk)
        return see_other(f"/admin/talks/{talk.id}?flash=taken")

    async def say(self, context: RequestContext, conn: Connection, talk: Talk) -> web.Response:
        """Send what the clerk wrote; what is not sent is not lost."""
        words = _clean(context.form.get("words", ""))
        flash = await self._said(context, conn, talk, words)
        if words and flash not in _DONE:
            return await self._page(context, conn, talk, flash, words)
        return see_other(f"/admin/talks/{talk.id}?flash={flash}")

    async def _said(self, context: RequestContext, conn: Connection, talk: Talk, words: str) -> str:
        if not words:
            return "no_words"
        if is_too_long(words):
            return "too_long"
        await lock_accounts(conn, [talk.account])  # of two equal answers the second sees the first
        if await self._is_newest(conn, talk, words):
            return "said_already"
        if not await self.service.answer(conn, talk, context.account.name, words):
            await self._note(conn, context, AuditAction.CONSOLE_REFUSED, talk, "not_yours")
            return "not_yours"
        await self._note(conn, context, AuditAction.TALK_ANSWERED, talk)
        return "sent"

    async def _is_newest(self, conn: Connection, talk: Talk, words: str) -> bool:
        """Whether a clerk has just said these very words: a second click, or the browser's back button."""
        lines = await self.service.stores.talks.lines(conn, talk.id)
        return bool(lines) and (lines[-1].said_by, lines[-1].words) == (TalkSide.CLERK, words)

    async def see_to(self, context: RequestContext, conn: Connection, talk: Talk) -> web.Response:
        """Put away a chat that was missed, such as one to which somebody has answered by phone."""
        if not await self.service.see_to(conn, talk, context.account.name):
            await self._note(conn, context, AuditAction.CONSOLE_REFUSED, talk, "not_yours")
            return see_other("/admin/talks?flash=taken_by_other")
        await self._note(conn, context, AuditAction.TALK_ENDED, talk, "seen_to")
        return see_other("/admin/talks?flash=seen_to")

    async def end(self, context: RequestContext, conn: Connection, talk: Talk) -> web.Response:
        """Hand the chat back to the dialog."""
        if not await self.service.hand_back(conn, talk, context.account.name):
            return see_other(f"/admin/talks/{talk.id}?flash=not_yours")
        await self._note(conn, context, AuditAction.TALK_ENDED, talk)
        return see_other("/admin/talks?flash=handed_back")

    async def open_case(self, context: RequestContext, conn: Connection, talk: Talk) -> web.Response:
        """Open the case of the person whom the chat seems to be about."""
        person = person_of(await self.service.session(conn, talk.account))
        if person is None:
            return await self._missing(conn, context)
        return see_other(await CaseAccess(self.parts).open(conn, context.account, person, "talk"))

    async def _note(
        self, conn: Connection, context: RequestContext, action: AuditAction, talk: Talk, detail: str = ""
    ) -> None:
        """Record an act under the person's hash, or under the account's if its person is not known."""
        person = person_of(await self.service.session(conn, talk.account))
        subject = subject_of(self.parts.vault, person.lifelong_number if person else talk.account)
        work = self.parts.work_of(context.account.name)
        await work.note(conn, action, subject, f"{detail} talk {talk.id}".strip())

    def _view(self, context: RequestContext, opened: OpenedTalk) -> TalkView:
        return TalkView(opened, context.language, self.parts.clock())

    def _shown(self, context: RequestContext, opened: OpenedTalk) -> Values:
        return {
            "view": self._view(context, opened),
            "is_over": not opened.talk.is_open,
            "talk_id": opened.talk.id,
        }


def _place(context: RequestContext) -> str:
    return f"talk {context.request.match_info['id']}"


def _is_of_colleague(talk: Talk, context: RequestContext) -> bool:
    return talk.taken_by not in {"", context.account.name}


def _clean(words: str) -> str:
    """Return what was typed without invisible characters; lines end as the platform ends them."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign == "\n" or sign.isprintable()).strip()
