"""`certifications`, `keys`, `purge`: the export of passes, the data keys, retention."""

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from tqdm import tqdm

from bot.background.purging import Purge
from bot.cli.operator.console import (
    BEGINNING,
    Words,
    actions_of,
    advance,
    hush,
    moment,
    stop_at_interrupt,
)
from bot.cli.operator.context import OperatorContext, case_work, opened
from bot.cli.operator.counted import record
from bot.clock import system_clock
from bot.errors import CommandRefused
from bot.settings.settings import environment, retention_days
from dialogs.rules.identity import mask_name, masked
from dialogs.values import SHANGHAI, Certification, PassChannel, PassMark
from storage.audit_actions import AuditAction
from storage.database import Connection, connect, transaction
from storage.records.certifications import AlteredPass, Certifications
from storage.records.receipts import Receipts
from storage.sealing.key_rotation import Rotation, behind, rotate

Fields = dict[str, str | None]
Exported = tuple[Certification, Fields] | AlteredPass
"""A pass, and the fields that a line has beside the contract's."""
_P = TypeVar("_P", bound=argparse.ArgumentParser)

ORDER = 6
"""Position of the commands in `--help`."""


def add_to(words: "Words[_P]") -> None:
    """Add the three commands."""
    export = words.add_parser("certifications", help="every pass, people masked")
    export.add_argument("--json-lines", action="store_true", required=True, help="one JSON object a line")
    export.add_argument("--since", type=moment, default=BEGINNING, help="a date or an ISO time (Shanghai)")
    export.add_argument("--revoked", action="store_true", help="those revoked since then instead")
    export.add_argument("--channel", type=PassChannel, choices=list(PassChannel), help="of one channel only")
    export.add_argument("--mark", type=PassMark, choices=list(PassMark), help="with this mark only")
    export.set_defaults(
        run=lambda options: run_certifications(
            options.since, Chosen(options.channel, options.mark), revoked=options.revoked
        )
    )
    change = actions_of(words, "keys", "data keys").add_parser(
        "rotate", help="re-encrypt under the first of DATA_KEYS"
    )
    change.set_defaults(run=lambda _: run_keys_rotate())
    purging = words.add_parser("purge", help="delete what is kept no longer, as the worker does daily")
    purging.add_argument("--dry-run", action="store_true", help="count it and delete nothing")
    purging.set_defaults(run=lambda options: run_purge(is_dry=options.dry_run))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The passes of an export: of one channel, of one mark; None for all."""

    channel: PassChannel | None = None
    mark: PassMark | None = None

    def takes(self, one: Certification) -> bool:
        """Decide about one pass."""
        return self.channel in {None, one.channel} and self.mark in {None, one.mark}


async def run_certifications(since: datetime, chosen: Chosen, *, revoked: bool = False) -> int:
    """Print the passes in force since then, oldest first, a JSON object a line; the access is recorded first.

    With `revoked` those that were revoked since then, for whoever exported them before.
    """
    async with opened() as memory:
        async with transaction(memory.engine) as conn:
            await case_work(memory).note(conn, AuditAction.CERTIFICATIONS_READ, "all", since.isoformat())
        async with connect(memory.engine) as conn:
            found = _revoked(conn, memory, since) if revoked else _in_force(conn, memory, since)
            altered = await _print_passes(found, chosen)
    if altered:
        message = f"left out {len(altered)} passes that are not as they were written: {' '.join(altered)}"
        raise CommandRefused(message)
    return 0


async def _print_passes(found: AsyncIterator[Exported], chosen: Chosen) -> list[str]:
    """Print the passes; return the receipt numbers of those that are left out as altered."""
    altered: list[str] = []
    try:
        async for one in found:
            if isinstance(one, AlteredPass):
                altered.append(one.receipt)
            elif chosen.takes(one[0]):
                print(json.dumps(certification_fields(one[0]) | one[1], ensure_ascii=False))
        sys.stdout.flush()
    except BrokenPipeError:
        hush()
    return altered


async def _in_force(conn: Connection, memory: OperatorContext, since: datetime) -> AsyncIterator[Exported]:
    async for one in Certifications(memory.vault).all_since(conn, since):
        yield one if isinstance(one, AlteredPass) else (one, {})


async def _revoked(conn: Connection, memory: OperatorContext, since: datetime) -> AsyncIterator[Exported]:
    async for receipt in Receipts(memory.vault).revoked_since(conn, since):
        if isinstance(receipt, AlteredPass):
            yield receipt
            continue
        at = receipt.revoked_at
        revoked_at = at.astimezone(SHANGHAI).isoformat(timespec="seconds") if at else None
        yield receipt.certification, {"revoked_at": revoked_at}


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


async def run_keys_rotate() -> int:
    """Bring every sealed field and keyed hash under the first of DATA_KEYS; exit 1 while some are not."""
    async with opened() as memory:
        async with connect(memory.engine) as conn:
            waiting = await behind(conn, memory.vault)
        with tqdm(total=waiting, unit=" rows") as bar:
            done = await rotate(memory.engine, memory.vault, advance(bar))
        async with transaction(memory.engine) as conn:
            detail = f"moved {done.moved} left {done.left}"
            await case_work(memory).note(conn, AuditAction.KEYS_ROTATED, "all", detail)
    return _report(done)


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


async def run_purge(*, is_dry: bool) -> int:
    """Delete, or count, and print a line a class; exit 1 after an interrupt."""
    days, stop = dict(retention_days(environment())), asyncio.Event()
    async with opened() as memory:
        purging = Purge(memory.engine, days, system_clock)
        if not is_dry:
            stop_at_interrupt(stop)
        counts = await (purging.count() if is_dry else purging.run(stop))
        for of, gone in counts.items():
            print(f"{of}: {gone} {'would go' if is_dry else 'deleted'} (kept {days[of]} days)")
        if not is_dry:
            await record(memory, AuditAction.PURGED, " ".join(f"{of} {gone}" for of, gone in counts.items()))
    if stop.is_set():
        message = "interrupted: what is counted above is deleted; run it again to go on"
        raise CommandRefused(message)
    return 0
