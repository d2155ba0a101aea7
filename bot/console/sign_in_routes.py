"""Routes of signing in and out."""

from aiohttp import web

from bot.console.access.account_admin import account_name_of, normal_name
from bot.console.access.cookies import drop_token, keep_token, token_of
from bot.console.access.gate import Gate, RequestContext, RequestRefusal, browser_of, language_of, to_sign_in
from bot.console.access.permissions import needs_second_factor
from bot.console.access.second_factor import provisioning_address
from bot.console.access.sign_in import SignIn, SignInRefusal, StageReached
from bot.console.forms import is_from_here, read_form
from bot.console.headers import HEADERS
from bot.console.pages import ConsolePage
from bot.console.redirect import see_other
from bot.pages.qr_code import qr_svg
from messages.catalogue.phrases import CONSOLE_SIGN_IN
from messages.language.codes import Language
from storage.audit_trail.actions import AuditAction
from storage.console.sessions import SignInStage

_NEXT = {
    SignInStage.SETUP: "/admin/set-up",
    SignInStage.CODE: "/admin/code",
    SignInStage.SIGNED_IN: "/admin",
}
_SENTENCES = {
    SignInRefusal.WRONG_PASSWORD: "wrong_password",
    SignInRefusal.DISABLED: "wrong_password",  # which account was disabled is not disclosed here
    SignInRefusal.WRONG_CODE: "wrong_code",
    SignInRefusal.USED_CODE: "used_code",
    SignInRefusal.SESSION_OVER: "used_code",
    SignInRefusal.LOCKED: "locked",
    SignInRefusal.WEAK_PASSWORD: "weak_password",
}
"""The word of each refusal's sentence."""


class SignInRoutes:
    """Password, code, first sign-in, end."""

    def __init__(self, gate: Gate, sign_in: SignIn) -> None:
        self._gate = gate
        self._sign_in = sign_in
        self._password = ConsolePage("sign_in.html", CONSOLE_SIGN_IN)
        self._code = ConsolePage("code.html", CONSOLE_SIGN_IN)
        self._set_up = ConsolePage("set_up.html", CONSOLE_SIGN_IN)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        code, set_up, signed_in = SignInStage.CODE, SignInStage.SETUP, SignInStage.SIGNED_IN
        return [
            web.get("/sign-in", self._ask_password),
            web.post("/sign-in", self._take_password),
            web.get("/code", self._gate.at(code, self._show_code)),
            web.post("/code", self._gate.at(code, self._take_code)),
            web.get("/set-up", self._gate.at(set_up, self._show_set_up)),
            web.post("/set-up", self._gate.at(set_up, self._take_set_up)),
            web.get("/session", self._gate.at(signed_in, self._tell, self._sign_in.keeper.watch)),
            web.post("/session", self._gate.at(signed_in, self._tell)),
            web.post("/sign-out", self._gate.at(signed_in, self._end)),
        ]

    async def _ask_password(self, request: web.Request) -> web.Response:
        ended = ""
        if await self._has_ended(request):
            ended = "ended_kept" if "from" in request.query else "ended_says"
        return self._show_password(request, "", ended=ended)

    async def _has_ended(self, request: web.Request) -> bool:
        """Whether a browser still brings the token of a session that is no longer valid."""
        keeper = self._sign_in.keeper
        return bool(token_of(request)) and await self._gate.open_session(request, keeper.peek) is None

    async def _take_password(self, request: web.Request) -> web.Response:
        if not is_from_here(request):
            return await self._refuse(request, RequestRefusal.ORIGIN)
        form = await read_form(request)
        if form is None:
            response = await self._refuse(request, RequestRefusal.FORM)
            response.force_close()
            return response
        name, password = form.get("name", ""), form.get("password", "")
        answer = await self._sign_in.with_password(name, password, browser_of(request))
        if isinstance(answer, SignInRefusal):
            fault = await self._sentence(answer, name, language_of(request))
            return self._show_password(request, fault, account_name_of(name) or "")
        return self._go_on(request, answer, normal_name(name))

    async def _refuse(self, request: web.Request, why: RequestRefusal) -> web.Response:
        """Record a refusal of nobody in particular and show it."""
        await self._gate.parts.note(AuditAction.CONSOLE_REFUSED, "", why)
        return self._gate.tell(request, why)

    async def _show_code(self, context: RequestContext) -> web.Response:
        return self._ask_code(context, "")

    async def _take_code(self, context: RequestContext) -> web.Response:
        code = context.form.get("code", "")
        answer = await self._sign_in.with_code(context.opened, code, browser_of(context.request))
        if isinstance(answer, SignInRefusal):
            fault = await self._sentence(answer, context.account.name, context.language)
            return self._ask_code(context, fault)
        return self._go_on(context.request, answer, context.account.name)

    async def _show_set_up(self, context: RequestContext) -> web.Response:
        return self._ask_set_up(context, "")

    async def _take_set_up(self, context: RequestContext) -> web.Response:
        password, code = context.form.get("password", ""), context.form.get("code", "")
        if password != context.form.get("again", ""):
            return self._ask_set_up(context, CONSOLE_SIGN_IN["not_alike"].spoken(context.language))
        answer = await self._sign_in.set_up(context.opened, password, code, browser_of(context.request))
        if isinstance(answer, SignInRefusal):
            fault = await self._sentence(answer, context.account.name, context.language)
            return self._ask_set_up(context, fault)
        return self._go_on(context.request, answer, context.account.name)

    async def _tell(self, context: RequestContext) -> web.Response:
        """Return whose session it is and how long, for an open page; a form prolongs it, a look does not."""
        opened = context.opened
        state = {
            "account": opened.account.name,
            "left": opened.left,
            "prolongs": opened.prolongs,
            "csrf": opened.csrf,
        }
        return web.json_response(state, headers=HEADERS)

    async def _end(self, context: RequestContext) -> web.Response:
        await self._sign_in.sign_out(context.opened)
        response = to_sign_in()
        drop_token(context.request, response)
        return response

    async def _sentence(self, refusal: SignInRefusal, name: str, language: Language) -> str:
        """Return the sentence of a refusal; for a locked account it says how long that lasts."""
        minutes = await self._sign_in.minutes_locked(name) if refusal is SignInRefusal.LOCKED else 0
        sentence: str = CONSOLE_SIGN_IN[_SENTENCES[refusal]].spoken(language)
        return sentence.format(minutes=minutes)

    def _show_password(
        self, request: web.Request, fault: str, typed_name: str = "", *, ended: str = ""
    ) -> web.Response:
        """Show the form; after a failed try with the name that was typed, unless it can be no account's.

        Such a one may be a password in the wrong field. `ended` is the word that says why the form is there.
        """
        language = language_of(request)
        says = CONSOLE_SIGN_IN[ended].spoken(language) if ended else ""
        values = {"fault": fault, "typed_name": typed_name, "ended": says}
        return self._password.response(language, values, 403 if fault else 200)

    def _ask_code(self, context: RequestContext, fault: str) -> web.Response:
        values = {"fault": fault, "csrf": context.opened.csrf}
        return self._code.response(context.language, values, 403 if fault else 200)

    def _ask_set_up(self, context: RequestContext, fault: str) -> web.Response:
        account = context.account
        secret = account.credentials.totp_secret
        values = {
            "fault": fault,
            "csrf": context.opened.csrf,
            "needs_code": needs_second_factor(account.role),
            "qr": qr_svg(provisioning_address(secret, account.name)),
            "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        }
        return self._set_up.response(context.language, values, 403 if fault else 200)

    def _go_on(self, request: web.Request, reached: StageReached, name: str) -> web.Response:
        response, parts = see_other(_NEXT[reached.stage]), self._gate.parts
        keep_token(request, response, reached.token, is_secure=parts.is_secure)
        if reached.stage is SignInStage.SIGNED_IN:
            parts.browser_accounts.add(request, response, name, is_secure=parts.is_secure)
        return response
