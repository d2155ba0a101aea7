"""Checks of the platform: clock, access token, templates, page login, quotas; none sends a message."""

import re
import time
from collections.abc import AsyncIterator, Mapping
from email.utils import parsedate_to_datetime
from types import MappingProxyType

import aiohttp

from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.settings.settings import Settings
from bot.wechat.api.access_token import ask_token
from bot.wechat.api.errcodes import NO_ANSWER
from bot.wechat.api.transport import ApiResponse, Transport
from bot.wiring.credentials import credentials_of
from messages.template_messages.reminder import FIELDS as REMINDER_FIELDS
from messages.template_messages.result import FIELDS as RESULT_FIELDS

_MOST_SKEW = 60
"""Seconds; from 300 on the platform's messages are refused."""
_AWAITS = "the account's administrator has to confirm this machine's address in WeChat"
_BANNED = "the account's interface is banned or restricted: see 通知中心 on the platform's site"
_ADVICE: Mapping[int, str] = MappingProxyType(
    {
        NO_ANSWER: "nothing came back: check the outgoing connection, name resolution and WECHAT_API_BASE",
        40001: "compare WECHAT_APP_SECRET with 基本配置",
        40013: "compare WECHAT_APP_ID with 基本配置",
        40125: "WECHAT_APP_SECRET is not this account's: reset it under 基本配置 and set it here",
        40164: "add this address to IP白名单 under 基本配置",
        45009: "the day's calls are used up: wait for midnight, or clear the count on the platform's site",
        48001: "the account has no permission for this: see 接口权限",
        48004: _BANNED,
        50004: _BANNED,
        **dict.fromkeys((89501, 89503, 89506, 89507), _AWAITS),
    }
)
_OTHERWISE = "look the number up in 全局返回码说明"
_INVALID_CODE = 40029
_ADDRESS = re.compile(r"invalid ip ([0-9a-fA-F.:]+)")
_FIELD = re.compile(r"\{\{(\w+)\.DATA\}\}")
_SENDING = {"template messages": "/cgi-bin/message/template/send", "texts": "/cgi-bin/message/custom/send"}


async def platform(settings: Settings, http: aiohttp.ClientSession, transport: Transport) -> list[Finding]:
    """Check the clock, then what needs a token; a refused token is the last finding."""
    answer = await ask_token(transport, credentials_of(settings))
    token = answer.text("access_token")
    found = [*await _clock(settings, http)]
    if not token:
        return [*found, _refused("access token", answer)]
    found.append(ok("access token", "the platform gives one"))
    found += [one async for one in _templates(settings, transport, token)]
    found += [one async for one in _pages(settings, transport, token)]
    return [*found, *[one async for one in _quotas(transport, token)]]


def _refused(name: str, answer: ApiResponse) -> Finding:
    code = answer.errcode or NO_ANSWER
    address = _ADDRESS.search(answer.text("errmsg"))
    detail = "no answer" if code == NO_ANSWER else f"errcode {code}"
    return fail(name, f"{detail} for {address[1]}" if address else detail, _ADVICE.get(code, _OTHERWISE))


async def _clock(settings: Settings, http: aiohttp.ClientSession) -> list[Finding]:
    """Compare this machine's time with the platform's; an unreachable platform is reported with the token."""
    try:
        async with http.get(settings.wechat_api_base, allow_redirects=False) as response:
            theirs = parsedate_to_datetime(response.headers["Date"]).timestamp()
    except (aiohttp.ClientError, TimeoutError, OSError, KeyError, ValueError):
        return []
    off = round(time.time() - theirs)
    if abs(off) <= _MOST_SKEW:
        return [ok("time of day", "as the platform's")]
    return [fail("time of day", f"{off:+d} s from the platform's", "set this machine's clock (NTP)")]


async def _templates(settings: Settings, transport: Transport, token: str) -> AsyncIterator[Finding]:
    wanted = {
        "reminder template": (settings.reminder_template_id, set(REMINDER_FIELDS)),
        "result template": (settings.result_template_id, set(RESULT_FIELDS)),
    }
    answer = await transport.get("/cgi-bin/template/get_all_private_template", {"access_token": token})
    listed = answer.body.get("template_list")
    if answer.errcode or not isinstance(listed, list):
        yield _refused("templates", answer)
        return
    contents = {
        str(one.get("template_id")): str(one.get("content")) for one in listed if isinstance(one, dict)
    }
    for name, (template, fields) in wanted.items():
        yield _template(name, template, fields, contents)


def _template(name: str, template: str, fields: set[str], contents: Mapping[str, str]) -> Finding:
    setting = f"{name.partition(' ')[0].upper()}_TEMPLATE_ID"
    if not template:
        return warn(name, f"{setting} is not set", "without it these messages are not sent")
    if template not in contents:
        return fail(name, "the account has no such template", f"compare {setting} with 模板消息")
    lacking = fields - set(_FIELD.findall(contents[template]))
    if lacking:
        return fail(
            name, f"lacks {', '.join(sorted(lacking))}", "add a template with the fields of operating.md"
        )
    return ok(name, ", ".join(sorted(fields)))


async def _pages(settings: Settings, transport: Transport, token: str) -> AsyncIterator[Finding]:
    """Ask for what pages need; only the account's owner can see at the platform which domains are set."""
    if settings.wechat_oauth:
        query = {"appid": settings.wechat_app_id, "secret": settings.wechat_app_secret, "code": "doctor"}
        answer = await transport.get("/sns/oauth2/access_token", query | {"grant_type": "authorization_code"})
        if answer.errcode == _INVALID_CODE:
            yield ok("page login", f"allowed; 网页授权域名 has to hold the host of {settings.public_url}")
        else:
            yield _refused("page login", answer)
    answer = await transport.get("/cgi-bin/ticket/getticket", {"type": "jsapi", "access_token": token})
    if answer.errcode:
        yield _refused("page scripts", answer)
    else:
        yield ok("page scripts", f"allowed; JS接口安全域名 has to hold the host of {settings.public_url}")


async def _quotas(transport: Transport, token: str) -> AsyncIterator[Finding]:
    """Report the quota left for the day; an account that may not ask for it is no fault."""
    for name, path in _SENDING.items():
        answer = await transport.post("/cgi-bin/openapi/quota/get", {"cgi_path": path}, token)
        match answer.body.get("quota"):
            case {"remain": int(left), "daily_limit": int(limit)}:
                said = f"{left} of {limit} left today"
                what = f"quota of {name}"
                yield ok(what, said) if left else fail(what, said, _ADVICE[45009])
