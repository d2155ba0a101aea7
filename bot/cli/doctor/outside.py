"""Checks of what is outside: the platform, and the path from a phone to this service."""

import aiohttp

from bot.cli.doctor import export
from bot.cli.doctor.findings import Finding
from bot.cli.doctor.platform import platform
from bot.cli.doctor.public_address import public_address
from bot.errors import BadSetting
from bot.settings.settings import from_environment
from bot.wechat.api.transport import Transport

_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)


async def outside() -> list[Finding]:
    """Check the platform and the public address; nothing if settings are missing, as reported before."""
    try:
        settings = from_environment()
    except BadSetting:
        return []
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as http:
        transport = Transport(http, settings.wechat_api_base)
        found = [*await platform(settings, http, transport), *await public_address(settings, http)]
        return [*found, *await export.peer(settings, http)]
