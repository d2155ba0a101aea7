"""The gate before every address: session, stage of the sign-in, origin and token of a form, permission."""

import hmac
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.capture.languages import PARAMETER, named
from bot.console.access.cookies import LANGUAGE, keep_language, token_of
from bot.console.access.file_form import FileForm, read_file_form
from bot.console.access.permissions import Permission, may
from bot.console.access.session_keeper import EndedSession, OpenSession, SessionKeeper
from bot.console.forms import Form, is_from_here, read_form
from bot.console.pages import ConsolePage
from bot.console.parts import ConsoleParts
from bot.console.redirect import see_other
from bot.pages.template_page import Values
from messages.catalogue.phrases import CONSOLE_REFUSALS
from messages.language.codes import DEFAULT, Language
from storage.audit_trail.actions import AuditAction
from storage.console.accounts import ConsoleAccount
from storage.console.sessions import SignInStage
from storage.database import Connection, transaction
from storage.errors import StorageError
from storage.sealing.readable_rows import DAMAGED

ROW_ID = "{id:[0-9]{1,12}}"
"""The part of a route's address that is a row's number."""

_log = logging.getLogger(__name__)


class RequestRefusal(StrEnum):
    """Why a request was refused; the values are written to the audit trail, and name the sentence."""

    ORIGIN = "origin"
    CSRF = "csrf"
    PERMISSION = "permission"
    FORM = "form"
    MISSING = "missing"
    AWAY = "away"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class RequestContext:
    """One request of an account that is signed in or signing in, with its form if it sent one."""

    request: web.Request = field(repr=False)
    opened: OpenSession
    language: Language
    form: Form = field(default_factory=dict, repr=False)
    by_two: bool = False
    """Whether the office lets acts wait for a second person."""

    @property
    def account(self) -> ConsoleAccount:
        """The account."""
        return self.opened.account

    @property
    def row_id(self) -> int:
        """The number in an address with `ROW_ID`."""
        return int(self.request.match_info["id"])


_STATUSES = {
    RequestRefusal.MISSING: 404,
    RequestRefusal.FORM: 400,
    RequestRefusal.AWAY: 503,
    RequestRefusal.DAMAGED: 500,
}
"""Others are 403."""

Answering = Callable[[RequestContext], Awaitable[web.StreamResponse]]
FindSession = Callable[[str, str], Awaitable[OpenSession | EndedSession | None]]
"""Finds a session by its token and browser."""
FrameOf = Callable[[RequestContext, str], Values]
"""Returns what the base template needs for a signed-in account; the text is the word of the page."""
Receiving = Callable[[RequestContext, FileForm], Awaitable[web.StreamResponse]]
_CONTEXT = web.RequestKey("console context", RequestContext)
"""The context of a request, for the page that refuses it."""
_ReadForm = TypeVar("_ReadForm", Form, FileForm)


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets requests through to their handlers."""

    parts: ConsoleParts
    keeper: SessionKeeper
    frame_of: FrameOf
    refusal: ConsolePage = field(default_factory=lambda: ConsolePage("refusal.html", CONSOLE_REFUSALS))

    def permitting(self, permission: Permission, answer: Answering) -> Handler:
        """Return the handler for accounts that are signed in and have a permission."""
        return self.at(SignInStage.SIGNED_IN, self._with_permission(permission, answer))

    def watching(self, permission: Permission, answer: Answering) -> Handler:
        """Return the handler of requests that an open page makes on its own: they prolong no session."""
        return self.at(SignInStage.SIGNED_IN, self._with_permission(permission, answer), self.keeper.watch)

    def _with_permission(self, permission: Permission, answer: Answering) -> Answering:
        async def checked(context: RequestContext) -> web.StreamResponse:
            """Answer a request; a role without the permission is refused, which is recorded."""
            if not may(context.account.role, permission):
                return await self.refuse(context, RequestRefusal.PERMISSION, permission)
            return await answer(context)

        return checked

    def receiving(self, permission: Permission, answer: Receiving) -> Handler:
        """Return the handler of a form with a file, which is read only after all checks have passed.

        The token comes before the file. An unread rest is not waited for: the connection ends.
        """

        async def handle(request: web.Request) -> web.StreamResponse:
            """Answer a form with a file; a role without the permission is refused before the file is read."""
            context = await self._context_of(request, SignInStage.SIGNED_IN, self.keeper.find)
            if context is None:
                return to_sign_in()
            if may(context.account.role, permission):
                response = await self._post(context, read_file_form, answer)
            else:
                response = await self.refuse(context, RequestRefusal.PERMISSION, permission)
            if not request.content.at_eof():
                response.force_close()
            return response

        return handle

    def at(self, stage: SignInStage, answer: Answering, find: FindSession | None = None) -> Handler:
        """Return the handler for sessions at a stage of the sign-in; others are sent there."""

        async def handle(request: web.Request) -> web.StreamResponse:
            """Show a page (GET), or take its form (POST) after origin and token."""
            context = await self._context_of(request, stage, find or self.keeper.find)
            if context is None:
                return to_sign_in()
            if "\0" in request.query_string:  # no page of ours sends it, and PostgreSQL takes it in no text
                return await self.refuse(context, RequestRefusal.FORM)
            if request.method != "POST":
                return await answer(context)
            return await self._post(context, read_form, lambda context, _: answer(context))

        return handle

    async def refuse(self, context: RequestContext, why: RequestRefusal, detail: str = "") -> web.Response:
        """Record a refusal under the account's name and show it."""
        async with transaction(self.parts.engine) as conn:
            return await self.refuse_in(conn, context, why, detail)

    async def refuse_in(
        self, conn: Connection, context: RequestContext, why: RequestRefusal, detail: str
    ) -> web.Response:
        """Record a refusal in the transaction of its request and show it."""
        await self.parts.note_refused(conn, context.account.name, f"{why} {detail}".strip())
        return self.tell(context.request, why, detail)

    def tell(
        self, request: web.Request, why: RequestRefusal, detail: str = "", words: str = ""
    ) -> web.Response:
        """Show why, in one sentence; some details have a sentence of their own that says how to continue.

        A reason that was typed in vain is given back, to be copied: the form's, or `words`.
        """
        context = request.get(_CONTEXT)
        is_signed_in = context is not None and context.opened.session.stage is SignInStage.SIGNED_IN
        frame = self.frame_of(context, "") if context and is_signed_in else {}
        language, own = language_of(request), f"{why}_{detail}"
        status = _STATUSES.get(why, 403)
        word = own if own in CONSOLE_REFUSALS else why.value
        values = {
            **frame,
            "unsent": words or (context.form.get("words", "") if context else ""),
            "sentence": CONSOLE_REFUSALS[word].spoken(language),
            "is_case": word == "missing_case",
        }
        return self.refusal.response(language, values, status)

    async def _post(
        self,
        context: RequestContext,
        read: Callable[[web.Request], Awaitable[_ReadForm | None]],
        answer: Callable[[RequestContext, _ReadForm], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Check a form's origin and token, and answer it."""
        if not is_from_here(context.request):
            return await self.refuse(context, RequestRefusal.ORIGIN)
        form = await read(context.request)
        if form is None:
            response = await self.refuse(context, RequestRefusal.FORM)
            response.force_close()
            return response
        fields = form.fields if isinstance(form, FileForm) else form
        if not _is_token_of(context, fields):
            return await self.refuse(context, RequestRefusal.CSRF)
        context.request[_CONTEXT] = accepted = replace(context, form=fields)
        return await answer(accepted, form)

    async def _context_of(
        self, request: web.Request, stage: SignInStage, find: FindSession
    ) -> RequestContext | None:
        opened = await self.open_session(request, find)
        if opened is None or opened.session.stage is not stage:
            return None
        context = RequestContext(request, opened, language_of(request), by_two=self.parts.by_two)
        request[_CONTEXT] = context
        return context

    async def open_session(self, request: web.Request, find: FindSession) -> OpenSession | None:
        """Return the session of a request's token; the use of an ended session's token is recorded."""
        token = token_of(request)
        found = await find(token, browser_of(request)) if token else None
        if isinstance(found, EndedSession):
            await self.parts.note(AuditAction.CONSOLE_REFUSED, found.account, found.end)
            return None
        return found

    def middleware(self) -> Middleware:
        """Return the middleware of all handlers: reports an unavailable database, keeps a chosen language."""

        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            """Answer errors with a page: no database (503), no such page (404), a damaged record (500)."""
            try:
                response = await handler(request)
            except DAMAGED as error:
                _log.warning("a page of the console needs a damaged record: %s", type(error).__name__)
                response = self.tell(request, RequestRefusal.DAMAGED)
            except StorageError as error:
                _log.warning("the console has no database: %s", type(error).__name__)
                response = self.tell(request, RequestRefusal.AWAY, words=await _unread_words(request))
            except web.HTTPNotFound:
                response = self.tell(request, RequestRefusal.MISSING)
            except web.HTTPMethodNotAllowed:  # a form's address opened by a reload, in another language
                response = see_other("/admin")
            if chosen := named(request.query.get(PARAMETER, "")):
                keep_language(response, chosen, is_secure=self.parts.is_secure)
            return response

        return guard


async def _unread_words(request: web.Request) -> str:
    """Return the reason in a form of our own pages that was not read, since no session could be looked up."""
    if request.method != "POST" or _CONTEXT in request or not is_from_here(request):
        return ""
    form = await read_form(request)
    return form.get("words", "") if form else ""


def _is_token_of(context: RequestContext, form: Form) -> bool:
    return hmac.compare_digest(form.get("csrf", "").encode(), context.opened.csrf.encode())


def to_sign_in() -> web.Response:
    """Send a browser to the sign-in page."""
    return see_other("/admin/sign-in")


def browser_of(request: web.Request) -> str:
    """Return how a browser identifies itself: a token that turns up in another one was stolen."""
    return request.headers.get("User-Agent", "")


def language_of(request: web.Request) -> Language:
    """Return the language that this browser chose."""
    asked, kept = request.query.get(PARAMETER, ""), request.cookies.get(LANGUAGE, "")
    return named(asked) or named(kept) or DEFAULT
