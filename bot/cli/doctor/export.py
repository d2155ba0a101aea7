"""Checks of the export to the core system: what waits for it, and whether it answers."""

from datetime import timedelta

import aiohttp

from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.cli.operator.context import opened_engine
from bot.clock import system_clock
from bot.delivery.export_client import ExportClient, ExportOutcome
from bot.settings.command_settings import export_url
from bot.settings.environment import environment
from bot.settings.settings import Settings
from storage.database import connect
from storage.messaging.outbox_backlog import read_backlog

_NAME = "export"
_LATE = timedelta(hours=1)
_PING = '{"event": "ping"}'


async def waiting() -> list[Finding]:
    """Report what the core system has not taken yet."""
    is_on = bool(export_url(environment()))
    async with opened_engine() as engine, connect(engine) as conn:
        left = await read_backlog(conn, system_clock())
    if not left.exports:
        return [ok(_NAME, "nothing waits")] if is_on else []
    age = timedelta(seconds=round(left.oldest_export))
    said = f"{left.exports:.0f} to be taken, the oldest for {age}"
    if not is_on:
        return [warn(_NAME, said, "EXPORT_URL is not set: set it, or they stay")]
    if timedelta(seconds=left.oldest_export) <= _LATE:
        return [ok(_NAME, said)]
    return [fail(_NAME, said, "see that a worker runs and that EXPORT_URL answers")]


async def peer(settings: Settings, http: aiohttp.ClientSession) -> list[Finding]:
    """Post a signed ping, to be answered with 2xx like any other body; nothing is sent without an address."""
    if not settings.export_url:
        return []
    answer = await ExportClient(http, settings.export_url, settings.export_secret).post(_PING)
    name = f"{_NAME} address"
    if answer.outcome is ExportOutcome.ACCEPTED:
        return [ok(name, f"takes a signed ping ({answer.detail})")]
    if answer.outcome is ExportOutcome.REFUSED:
        return [
            fail(name, f"answers {answer.detail} to a signed ping", "compare EXPORT_SECRET on both sides")
        ]
    advice = "see that it is up, that this machine may reach it, and that its certificate is valid"
    return [fail(name, f"not reached ({answer.detail})", advice)]
