"""The commands over what is remembered: the export, the audit, keys, backups."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import NoReturn, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection
from tqdm import tqdm

from bot.cli.context import OperatorContext, opened, opened_engine
from bot.compose import system_clock
from bot.errors import BotError
from bot.settings.settings import database_url, environment
from dialogs.rules.identity import mask_name, masked
from dialogs.values import SHANGHAI, Certification
from storage.audit import Audit, AuditEntry
from storage.backup import back_up, restore
from storage.database import transaction
from storage.errors import BackupRefused
from storage.records.certifications import Certifications
from storage.records.receipts import Receipts
from storage.sealing.key_rotation import Rotation, behind, rotate

_WRITER = "operator"
_T = TypeVar("_T")
Fields = dict[str, str | None]


async def run_certifications(since: datetime, *, revoked: bool = False) -> int:
    """Print every pass in force since then, oldest first, a JSON object a line; the access is recorded first.

    With `revoked` those that were revoked since then, for whoever exported them before.
    """
    async with opened() as memory:
        async with transaction(memory.engine) as conn:
            entry = AuditEntry("operator", "certifications.read", "all", since.isoformat())
            await Audit(_WRITER).append(conn, [entry], system_clock())
        async with memory.engine.connect() as conn:
            try:
                async for fields in (
                    _revoked(conn, memory, since) if revoked else _in_force(conn, memory, since)
                ):
                    print(json.dumps(fields, ensure_ascii=False))
                sys.stdout.flush()
            except BrokenPipeError:
                _hush()
    return 0


async def _in_force(conn: AsyncConnection, memory: OperatorContext, since: datetime) -> AsyncIterator[Fields]:
    async for certification in Certifications(memory.vault).all_since(conn, since):
        yield certification_fields(certification)


async def _revoked(conn: AsyncConnection, memory: OperatorContext, since: datetime) -> AsyncIterator[Fields]:
    async for receipt in Receipts(memory.vault).revoked_since(conn, since):
        at = receipt.revoked_at
        revoked_at = at.astimezone(SHANGHAI).isoformat(timespec="seconds") if at else None
        yield certification_fields(receipt.certification) | {"revoked_at": revoked_at}


def certification_fields(certification: Certification) -> Fields:
    """Give the contract's keys: people masked, times in Shanghai's zone."""
    name, number = masked(certification.identity)
    agent = certification.agent
    return {
        "receipt": certification.receipt,
        "scheme": certification.scheme,
        "city": certification.city,
        "name_masked": name,
        "id_masked": number,
        "certified_at": certification.certified_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "due_on": certification.due_on.isoformat(),
        "channel": certification.channel,
        "agent": mask_name(agent.name) if agent else None,
    }


def _hush() -> None:
    """Let the interpreter's last flush go nowhere: the reader (`| head`) has had enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


async def run_audit_verify() -> int:
    """Check every writer's chain; the broken rows on stdout, exit 1 for any."""
    async with opened_engine() as engine, engine.connect() as conn:
        broken = await Audit(_WRITER).verify(conn)
    for row in broken:
        print(row)
    if broken:
        print(f"pension-bot: {len(broken)} audit rows do not fit their chain", file=sys.stderr)
        return 1
    print("the audit chains are whole")
    return 0


async def run_keys_rotate() -> int:
    """Bring every sealed field and keyed hash under the first of DATA_KEYS; exit 1 while some are not."""
    async with opened() as memory:
        async with memory.engine.connect() as conn:
            waiting = await behind(conn, memory.vault)
        with tqdm(total=waiting, unit=" rows") as bar:
            done = await rotate(memory.engine, memory.vault, _advance(bar))
        async with transaction(memory.engine) as conn:
            entry = AuditEntry("operator", "keys.rotated", "all", f"moved {done.moved} left {done.left}")
            await Audit(_WRITER).append(conn, [entry], system_clock())
    return _report(done)


def _advance(bar: "tqdm[NoReturn]") -> Callable[[int], None]:
    def advance(rows: int) -> None:
        bar.update(rows)

    return advance


def _report(done: Rotation) -> int:
    print(f"moved {done.moved}, left {done.left}")
    held = done.left - done.keepers
    if held:
        print(f"{held} rows were in use or written under an older key: run it again")
    if done.keepers:
        print(f"{done.keepers} templates belong to people not in this database: keep their key or enrol anew")
    if not done.left:
        print("older keys may leave DATA_KEYS; audit rows from before name people by hashes of those keys")
    return 1 if done.left else 0


async def run_backup(file: Path) -> int:
    """Copy the database while it serves."""
    size = await _guarded(lambda: back_up(database_url(environment()), file), file)
    print(f"{size} bytes; DATA_KEYS are not in it: keep them apart, nothing can be read without them")
    return 0


async def run_restore(file: Path) -> int:
    """Put a backup back, with nobody else in the database."""
    is_older = await _guarded(lambda: restore(database_url(environment()), file), file)
    print("restored; run `pension-bot db upgrade`" if is_older else "restored")
    return 0


async def _guarded(work: Callable[[], _T], file: Path) -> _T:
    try:
        return await asyncio.to_thread(work)
    except BackupRefused as error:
        raise BotError(str(error)) from None
    except OSError as error:
        message = f"{file.name}: {error.strerror}"
        raise BotError(message) from None
