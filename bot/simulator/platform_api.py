"""The platform's API under `/sim/wechat`: what the service calls instead of api.weixin.qq.com."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from itertools import count
from time import time
from urllib.parse import urlencode, urlsplit, urlunsplit

from aiohttp import web

from bot.simulator.face_verification import SimulatedFaceVerification
from bot.simulator.mailbox import Mailboxes, SentAs
from bot.simulator.rules import Call, Rules
from bot.simulator.simulated_faults import SimulatedFaults

_TOKEN_LIFETIME = 7200
_TOKEN_NEAR_END = 300
_QUOTA = 100_000
PHONE_COOKIE = "sim_phone"
"""Says which phone a browser is; the chat page sets it, as the real app knows on its own."""

Fields = Mapping[str, object]
Report = Callable[[str, str, str], Awaitable[None]]
"""Reports to the service what became of a template message: account, message id, status."""


class PlatformApi:
    """Tokens, messages, menu, QR codes, OAuth and face verification of one account."""

    def __init__(self, app_id: str, secret: str, mailboxes: Mailboxes, rules: Rules) -> None:
        self._app_id = app_id
        self._secret = secret
        self._mailboxes = mailboxes
        self._rules = rules
        self._token, self._token_ends = "", 0.0
        self._template_ids: dict[tuple[str, str], int] = {}
        self._message_ids = count(1)
        self._reports: set[asyncio.Task[None]] = set()
        self._codes: dict[str, str] = {}
        self.faults = SimulatedFaults()
        self.faces = SimulatedFaceVerification()
        self.tokens_asked = self.tokens_forced = 0
        self.report: Report | None = None
        self.templates: dict[str, str] = {}
        """The account's templates by id, each with its content: `姓名：{{thing1.DATA}}` and the like."""
        self.quota_left = _QUOTA

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of WeChat's API that the service calls, below `/wechat`."""
        return [
            web.post("/wechat/cgi-bin/stable_token", self._stable_token),
            web.post("/wechat/cgi-bin/message/custom/send", self._with_token(self._custom)),
            web.post("/wechat/cgi-bin/message/template/send", self._with_token(self._template)),
            web.post("/wechat/cgi-bin/menu/create", self._with_token(self._menu)),
            web.post("/wechat/cgi-bin/qrcode/create", self._with_token(self._qrcode)),
            web.get("/wechat/cgi-bin/ticket/getticket", self._with_token(self._js_ticket)),
            web.get("/wechat/cgi-bin/template/get_all_private_template", self._with_token(self._listed)),
            web.post("/wechat/cgi-bin/openapi/quota/get", self._with_token(self._quota)),
            web.post("/wechat/cityservice/face/identify/getuseridkey", self._with_token(self.faces.give_key)),
            web.post("/wechat/cityservice/face/identify/getinfo", self._with_token(self.faces.tell)),
            web.get("/wechat/sns/oauth2/access_token", self._oauth),
            web.get("/open/connect/oauth2/authorize", self._authorize),
        ]

    def issue_code(self, account: str) -> str:
        """Return the code that a page gets after the OAuth redirect; it is valid once."""
        code = secrets.token_hex(16)
        self._codes[code] = account
        return code

    async def close(self) -> None:
        """Cancel the reports that are not delivered yet."""
        for task in self._reports:
            task.cancel()
        await asyncio.gather(*self._reports, return_exceptions=True)

    def _with_token(
        self, call: Callable[[Fields], Fields]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            """Answer a call as the platform does: its token first (40001, 41001), then its body (47001)."""
            bad = await self.faults.intercept(request)
            if bad is not None:
                return bad
            given = request.query.get("access_token", "")
            if not given:
                return _answer({"errcode": 41001, "errmsg": "access_token missing"})
            if given != self._token or time() >= self._token_ends:
                return _answer({"errcode": 40001, "errmsg": "invalid credential"})
            fields = await _fields(request)
            if fields is None:
                return _answer({"errcode": 47001, "errmsg": "data format error"})
            done = call(fields)
            self.faults.lose(request)
            return _answer(done)

        return handle

    async def _stable_token(self, request: web.Request) -> web.Response:
        self.tokens_asked += 1
        bad = await self.faults.intercept(request)
        if bad is not None:
            return bad
        return _answer(self._new_token(await _fields(request) or {}))

    def _new_token(self, fields: Fields) -> Fields:
        if fields.get("appid") != self._app_id:
            return {"errcode": 40013, "errmsg": "invalid appid"}
        if fields.get("secret") != self._secret:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        is_forced = fields.get("force_refresh") is True
        self.tokens_forced += is_forced
        if is_forced or time() >= self._token_ends - _TOKEN_NEAR_END:
            self._token, self._token_ends = secrets.token_hex(32), time() + _TOKEN_LIFETIME
        return {"access_token": self._token, "expires_in": int(self._token_ends - time())}

    def _custom(self, fields: Fields) -> Fields:
        text = fields.get("text")
        content = str(text.get("content", "")) if isinstance(text, dict) else ""
        account = str(fields.get("touser", ""))
        errcode = self._rules.refuse(Call.CUSTOM, account, content)
        if not errcode:
            self._mailboxes.add(account, SentAs.CUSTOM, content)
        return _outcome(errcode)

    def _template(self, fields: Fields) -> Fields:
        account, text = str(fields.get("touser", "")), _template_text(fields)
        client_id = str(fields.get("client_msg_id", ""))
        known = self._template_ids.get((account, client_id)) if client_id else None
        errcode = 0 if known else self._rules.refuse(Call.TEMPLATE, account, text)
        if errcode:
            return _outcome(errcode)
        return {**_outcome(0), "msgid": known or self._show_template(account, client_id, text)}

    def _show_template(self, account: str, client_id: str, text: str) -> int:
        message_id = next(self._message_ids)
        self._template_ids[account, client_id] = message_id
        if self.faults.report == "success":
            self._mailboxes.add(account, SentAs.TEMPLATE, text)
        if self.report:
            task = asyncio.ensure_future(self.report(account, str(message_id), self.faults.report))
            self._reports.add(task)
            task.add_done_callback(self._reports.discard)
        return message_id

    def _menu(self, fields: Fields) -> Fields:
        return _outcome(0 if fields.get("button") else 40016)

    def _qrcode(self, _fields: Fields) -> Fields:
        ticket = secrets.token_urlsafe(32)
        return {"ticket": ticket, "url": f"http://weixin.qq.com/q/{ticket[:20]}"}

    def _listed(self, _fields: Fields) -> Fields:
        return {
            "template_list": [{"template_id": id_, "content": text} for id_, text in self.templates.items()]
        }

    def _quota(self, _fields: Fields) -> Fields:
        used = _QUOTA - self.quota_left
        return {**_outcome(0), "quota": {"daily_limit": _QUOTA, "used": used, "remain": self.quota_left}}

    def _js_ticket(self, _fields: Fields) -> Fields:
        return {**_outcome(0), "ticket": secrets.token_urlsafe(32), "expires_in": _TOKEN_LIFETIME}

    async def _authorize(self, request: web.Request) -> web.Response:
        """Send a page back to the service with a code for the phone that opened it."""
        query, account = request.query, request.cookies.get(PHONE_COOKIE, "")
        back = urlsplit(query.get("redirect_uri", ""))
        known = query.get("appid") == self._app_id and query.get("scope") == "snsapi_base"
        if not account or not known or back.netloc != request.host:  # the real one asks for the domain too
            raise web.HTTPBadRequest
        added = urlencode({"code": self.issue_code(account), "state": query.get("state", "")})
        location = back._replace(query=f"{back.query}&{added}" if back.query else added)
        return web.Response(status=302, headers={"Location": urlunsplit(location)})

    async def _oauth(self, request: web.Request) -> web.Response:
        query = request.query
        if (query.get("appid"), query.get("secret")) != (self._app_id, self._secret):
            return _answer({"errcode": 40125, "errmsg": "invalid appsecret"})
        account = self._codes.pop(query.get("code", ""), "")
        if not account:
            return _answer({"errcode": 40029, "errmsg": "invalid code"})
        page_token = secrets.token_hex(32)
        return _answer({"access_token": page_token, "openid": account, "scope": "snsapi_base"})


def _template_text(fields: Fields) -> str:
    data = fields.get("data")
    values = data.values() if isinstance(data, dict) else ()
    lines = [str(value.get("value", "")) for value in values if isinstance(value, dict)]
    url = str(fields.get("url") or "")
    return "\n".join([*lines, f'<a href="{url}">查看详情</a>'] if url else lines)


def _outcome(errcode: int) -> Fields:
    return {"errcode": errcode, "errmsg": "ok" if errcode == 0 else "refused"}


def _answer(body: Fields) -> web.Response:
    # The real API labels its JSON as text.
    return web.Response(text=json.dumps(body, ensure_ascii=False), content_type="text/plain")


async def _fields(request: web.Request) -> Fields | None:
    if request.method == "GET":
        return {}
    try:
        body = json.loads(await request.read())
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
