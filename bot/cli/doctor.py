"""`doctor`: whether this installation can serve, a line a check."""

import argparse
import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.cli.operator.console import Words
from bot.cli.operator.context import opened, opened_engine
from bot.clock import system_clock
from bot.errors import BotError
from bot.settings.settings import environment, face_pack, faq, from_environment
from dialogs.values import SHANGHAI
from storage.audit_actions import AuditAction
from storage.audit_trail.export import count_since
from storage.database import connect
from storage.errors import StorageError
from storage.messaging.alarms import SHOWN, AlarmStore
from storage.probe import DatabaseProbe
from storage.sealing.key_check import try_keys
from storage.sealing.key_rotation import behind

Check = Callable[[], Awaitable[str]]
"""Returns what is well in a few words, or raises a BotError."""


_P = TypeVar("_P", bound=argparse.ArgumentParser)

ORDER = 11
"""Position of the commands in `--help`."""


def add_to(words: "Words[_P]") -> None:
    """Add the command."""
    words.add_parser("doctor", help="check this installation").set_defaults(run=lambda _: run_doctor())


async def run_doctor() -> int:
    """Run every check, whatever the others say; exit 1 if any fails."""
    results = [await _line(name, check) for name, check in CHECKS.items()]
    results.append(not await _alarms())
    results.append(not await _damaged())
    return 0 if all(results) else 1


async def _alarms() -> int:
    """Print what the running service has found to be wrong; a database that is away is named already."""
    try:
        async with opened_engine() as engine:
            active = await AlarmStore(engine, system_clock).active()
    except (BotError, StorageError):
        return 0
    for one in active:
        since = one.first_at.astimezone(SHANGHAI)
        scope = "" if one.scope == one.name else one.scope
        what = ", ".join(filter(None, (scope, one.detail)))
        print(f"FAIL {one.name}: {what}; {one.hits} times since {since:%Y-%m-%d %H:%M}")
    return len(active)


async def _damaged() -> int:
    """Print how many conversations did not open of late: another was put in their place, or a fault."""
    try:
        async with opened_engine() as engine, connect(engine) as conn:
            count = await count_since(conn, AuditAction.SESSION_DAMAGED, system_clock() - SHOWN)
    except (BotError, StorageError):
        return 0
    if count:
        print(f"FAIL conversations: {count} did not open in {SHOWN.days} days and began anew")
    return count


async def _line(name: str, check: Check) -> bool:
    try:
        words = await check()
    except (BotError, StorageError) as error:
        print(f"FAIL {name}: {error}")
        return False
    print(f"ok   {name}: {words}")
    return True


async def _settings() -> str:
    found = from_environment()
    parts = {"relaxed": found.relaxations(), "not read": found.unread}
    return "; ".join(["complete", *(f"{what}: {', '.join(names)}" for what, names in parts.items() if names)])


async def _database() -> str:
    async with opened_engine() as engine:
        troubles = await DatabaseProbe(engine).troubles()
        if troubles:
            raise BotError(", ".join(troubles))
        return f"{engine.dialect.name}, newest schema, takes writes"


async def _keys() -> str:
    async with opened() as memory, connect(memory.engine) as conn:
        await try_keys(conn, memory.vault)
        older = await behind(conn, memory.vault)
    return f"{older} rows under older keys: run `pension-bot keys rotate`" if older else "open what is stored"


async def _face() -> str:
    from bot.face_pack import open_checker

    checker = await asyncio.to_thread(open_checker, face_pack(environment()), None)
    return f"{checker.pack_name}, threshold {checker.threshold:g}"


async def _faq() -> str:
    found = faq(environment())
    counts = Counter(entry.language for entry in found.entries)
    entries = ", ".join(f"{count} in {language}" for language, count in sorted(counts.items()))
    return f"{entries}, {'shipped' if found.is_shipped else 'of PENSION_BOT_FAQ'}"


CHECKS: dict[str, Check] = {
    "settings": _settings,
    "database": _database,
    "keys": _keys,
    "face pack": _face,
    "questions": _faq,
}
