"""Checks of what is installed: settings, database, keys, face models, and what the service has reported."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from bot.cli.doctor import export
from bot.cli.doctor.accounts import accounts
from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.cli.doctor.human_service import human_service_hours
from bot.cli.operator.context import opened_engine, opened_with_any_keys
from bot.clock import system_clock
from bot.errors import BotError
from bot.settings.command_settings import face_pack, faq, vault_settings
from bot.settings.environment import environment
from bot.settings.relaxations import doubts, relaxations
from bot.settings.settings import from_environment
from dialogs.local_time import SHANGHAI
from storage.audit_trail.actions import AuditAction
from storage.audit_trail.export import count_since
from storage.database import connect, fit_of
from storage.engine.probe import DatabaseProbe
from storage.errors import StorageError
from storage.messaging.alarms import SHOWN, Alarm, AlarmStore
from storage.schema.version import SchemaFit
from storage.sealing.damaged_row import DamagedRow
from storage.sealing.key_check import try_keys
from storage.sealing.key_rotation import count_outdated
from storage.sealing.key_uses import KeyUse, uses_of

_OLD_KEY = 730
"""Days: the longest that NIST SP 800-57 part 1 (table 1) gives a key that encrypts stored data."""
_NO_FILTER = "their system calls are not filtered: install libseccomp (libseccomp2 on Debian)"
_EXCHANGE = "replace it (docs/operating.md, Keys and backups)"
_VERIFY = "`pension-bot audit verify` names all of them"

DoctorCheck = Callable[[], Awaitable[str]]
"""Says in a few words what is well, or raises a BotError."""


async def installation() -> list[Finding]:
    """Run every check, whatever the others say, and report the faults that the running service has found."""
    checked = [await _finding(name, check) for name, check in CHECKS.items()]
    decoding = await asyncio.to_thread(_decoding)
    checks = (_key_ages, _alarms, _damaged_rows, _damaged, export.waiting, accounts)
    found = [one for check in checks for one in await _unless_down(check)]
    return [*checked, *_doubts(), decoding, *found, *human_service_hours()]


async def _finding(name: str, check: DoctorCheck) -> Finding:
    try:
        return ok(name, await check())
    except (BotError, StorageError) as error:
        return fail(name, str(error))


async def _unless_down(check: Callable[[], Awaitable[list[Finding]]]) -> list[Finding]:
    """Return what a check finds; nothing if settings, database or keys fail, as `CHECKS` report."""
    try:
        return await check()
    except (BotError, StorageError):
        return []


async def _key_ages() -> list[Finding]:
    """Return since when the keys have been in use."""
    async with opened_with_any_keys() as context, connect(context.engine) as conn:
        return [_key_age(use) for use in await uses_of(conn, context.vault)]


def _key_age(use: KeyUse) -> Finding:
    name, days = f"{use.role} key", (system_clock() - use.since).days
    said = f"{use.key_id}, {days} days, since {use.since.astimezone(SHANGHAI):%Y-%m-%d}"
    return warn(name, said, _EXCHANGE) if days > _OLD_KEY else ok(name, said)


async def _alarms() -> list[Finding]:
    """Return what the service has reported."""
    async with opened_engine() as engine:
        return [_alarm(one) for one in await AlarmStore(engine, system_clock).active()]


def _alarm(one: Alarm) -> Finding:
    what = ", ".join(filter(None, ("" if one.scope == one.name else one.scope, one.detail)))
    return fail(
        one.name, f"{what}; {one.hits} times since {one.first_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    )


async def _damaged_rows() -> list[Finding]:
    """Return which of the tried rows do not open."""
    async with opened_with_any_keys() as context, connect(context.engine) as conn:
        tried = await try_keys(conn, context.vault)
    found = [DamagedRow.of(context.vault, one.table, one.row) for one in tried]
    names = ", ".join(f"{one.table} {one.key}" for one in found)
    return [fail("stored rows", f"damaged, or their key is gone: {names}", _VERIFY)] if found else []


async def _damaged() -> list[Finding]:
    """Return how many conversations did not open recently: they were replaced by another, or are faulty."""
    async with opened_engine() as engine, connect(engine) as conn:
        count = await count_since(conn, AuditAction.SESSION_DAMAGED, system_clock() - SHOWN)
    words = f"{count} did not open in {SHOWN.days} days and began anew"
    return [fail("conversations", words)] if count else []


async def _settings() -> str:
    found = from_environment()
    parts = {"relaxed": relaxations(found), "not read": found.unread}
    return "; ".join(["complete", *(f"{what}: {', '.join(names)}" for what, names in parts.items() if names)])


def _doubts() -> list[Finding]:
    """Return settings that are hardly intended; a wrong setting is reported elsewhere."""
    try:
        return [warn("settings", said, "set both or neither") for said in doubts(from_environment())]
    except BotError:
        return []


async def _database() -> str:
    async with opened_engine() as engine:
        troubles = await DatabaseProbe(engine).troubles()
        if troubles:
            raise BotError(", ".join(troubles))
        is_newer = await fit_of(engine) is SchemaFit.NEWER
        schema = "schema of a newer pension-bot: update this one" if is_newer else "newest schema"
        return f"{engine.dialect.name}, takes writes, {schema}"


async def _keys() -> str:
    async with opened_with_any_keys() as context, connect(context.engine) as conn:
        await try_keys(conn, context.vault)
        older = await count_outdated(conn, context.vault)
        cipher = vault_settings(environment()).cipher
    advice = f"; {older} rows under another key or cipher: run `pension-bot keys rotate`" if older else ""
    return f"open what is stored; {cipher} seals{advice}"


async def _face() -> str:
    from bot.face_pack import open_checker

    checker = await asyncio.to_thread(open_checker, face_pack(environment()), None)
    return f"{checker.pack_name}, threshold {checker.threshold:g}"


def _decoding() -> Finding:
    """Start a process like those in which `serve` decodes what strangers send."""
    from face import ChildDecoder, DecoderUnavailable

    name, decoder = "decoding", ChildDecoder()
    try:
        is_filtered = decoder.start()
    except DecoderUnavailable as error:
        return fail(name, str(error))
    finally:
        decoder.close()
    said = "in processes without keys"
    return ok(name, f"{said}, system calls filtered") if is_filtered else warn(name, said, _NO_FILTER)


async def _faq() -> str:
    found = faq(environment())
    counts = Counter(entry.language for entry in found.entries)
    entries = ", ".join(f"{count} in {language}" for language, count in sorted(counts.items()))
    return f"{entries}, {'shipped' if found.is_shipped else 'of PENSION_BOT_FAQ'}"


CHECKS: dict[str, DoctorCheck] = {
    "settings": _settings,
    "database": _database,
    "keys": _keys,
    "face pack": _face,
    "questions": _faq,
}
