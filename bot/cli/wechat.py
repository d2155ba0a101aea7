"""`menu sync` and `qrcode create`: the commands that call the platform."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NoReturn

import aiohttp

from bot.cli.operator.terminal import Subcommands, actions_of, city_code
from bot.errors import CommandRefused, DependencyDown
from bot.settings.settings import from_environment
from bot.wechat.api.access_token import TokenHolder, token_source
from bot.wechat.api.client import QrCode, SendResult, WeChatClient
from bot.wechat.api.errcodes import NO_ANSWER, NOT_ASKED, Delivery
from bot.wechat.api.menu import account_menu
from bot.wechat.api.transport import Transport
from bot.wiring.credentials import credentials_of
from dialogs.values import Scheme
from messages.scenes import EntryScene

ORDER = 7
"""Position of the commands in `--help`."""
_AWAY = frozenset({NO_ANSWER, NOT_ASKED, -1})
"""No answer, and the platform's own "system busy"."""


def add_to(subcommands: Subcommands) -> None:
    """Add both commands."""
    sync = actions_of(subcommands, "menu", "the account's menu").add_parser("sync", help="publish it")
    sync.set_defaults(run=lambda _: run_menu_sync())
    create = actions_of(subcommands, "qrcode", "entry QR codes").add_parser(
        "create", help="make one and print its address"
    )
    create.add_argument("--scheme", choices=[scheme.value for scheme in Scheme], required=True)
    create.add_argument("--city", type=city_code, help="GB/T 2260, six digits")
    create.set_defaults(run=lambda options: run_qrcode(EntryScene(options.scheme, options.city or "")))


async def run_menu_sync() -> int:
    """Replace the account's menu by ours."""
    async with _client() as client:
        sent = await client.create_menu(account_menu())
    if sent.outcome is not Delivery.SENT:
        _say_why(sent)
    print("the account's menu is set; phones show it within a day, or after following again")
    return 0


async def run_qrcode(scene: EntryScene) -> int:
    """Make an entry QR code and print the address that it encodes."""
    async with _client() as client:
        made = await client.create_qrcode(scene.text())
    if not isinstance(made, QrCode):
        _say_why(made)
    print(made.url)
    return 0


@asynccontextmanager
async def _client() -> AsyncIterator[WeChatClient]:
    settings = from_environment()
    async with aiohttp.ClientSession() as session:
        transport = Transport(session, settings.wechat_api_base)
        credentials = credentials_of(settings)
        yield WeChatClient(transport, TokenHolder(token_source(transport, credentials), time.monotonic))


def _say_why(sent: SendResult) -> NoReturn:
    if sent.errcode in _AWAY:
        message = "the platform is not available; nothing was changed, try again later"
        raise DependencyDown(message)
    message = f"the platform says no: errcode {sent.errcode}"
    raise CommandRefused(message)
