"""`audit verify`, `audit export`: checks the trail, its signed heads and the records; writes it out."""

import base64
import json
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import aclosing
from datetime import datetime
from pathlib import Path

from tqdm import tqdm

from bot.cli.operator.context import OperatorContext, opened_with_any_keys
from bot.cli.operator.streams import is_unread
from bot.cli.operator.terminal import (
    Subcommands,
    actions_of,
    advance,
    is_watched,
    moment,
    name_of,
)
from bot.errors import BotError, CommandRefused
from dialogs.local_time import SHANGHAI
from storage.audit_trail.checked_rows import UnreadableRow, rows_to_check
from storage.audit_trail.comparison import findings
from storage.audit_trail.cut_marks import CutMark, CutMarks
from storage.audit_trail.export import entries_since, signed_cuts
from storage.audit_trail.heads import SignedHeads, signed_heads
from storage.database import Connection, connect
from storage.sealing.public_keys import public_keys

_PROGRESS_AFTER = 3.0
"""Seconds after which a progress bar appears."""

ORDER = 7
"""Position of the commands in `--help`."""


def add_to(subcommands: Subcommands) -> None:
    """Add the two commands."""
    actions = actions_of(subcommands, "audit", "the audit trail")
    verify = actions.add_parser("verify", help="check chains, signed heads and records against each other")
    verify.add_argument("--heads", type=Path, metavar="FILE", help="an earlier export, kept elsewhere")
    verify.set_defaults(run=lambda options: run_audit_verify(options.heads))
    export = actions.add_parser("export", help="print signed heads and entries, one JSON object per line")
    export.add_argument("--since", type=moment, help="only entries since this time (Shanghai)")
    export.set_defaults(run=lambda options: run_audit_export(options.since))


async def run_audit_verify(heads: Path | None) -> int:
    """Print what does not fit, one line each; exit 1 for any. At a terminal a long run shows its progress."""
    exported, found = _read(heads) if heads else [], 0
    async with opened_with_any_keys() as context:
        watched = is_watched()
        total = await _rows(context) if watched else None
        async with connect(context.engine) as conn:
            with tqdm(
                total=total, unit=" rows", delay=_PROGRESS_AFTER, leave=False, disable=not watched
            ) as bar:
                async for finding in findings(conn, context.vault, exported, advance(bar)):
                    bar.write(finding)
                    found += 1
            marks = (await CutMarks.read(conn, context.vault)).by_writer.values()
    if found:
        print(f"pension-bot: {found} findings: the trail or the records were changed", file=sys.stderr)
        return 1
    print("the audit chains are whole, and the records fit them")
    if marks:
        print(_cuts(marks))
    return 0


async def _rows(context: OperatorContext) -> int:
    """Count what is to be read, over a connection of its own: the check begins with a snapshot."""
    async with connect(context.engine) as conn:
        return await rows_to_check(conn)


def _cuts(marks: Collection[CutMark]) -> str:
    """Return what cuts did to the trail."""
    gone, carried = sum(one.gone for one in marks), sum(one.carried for one in marks)
    last = max(marks, key=lambda one: one.at)
    return f"cuts deleted {gone} entries and moved {carried}; the last one: {last.at} by {last.by}"


async def run_audit_export(since: datetime | None) -> int:
    """Print the public keys, all that is signed, and the entries, from `since` on if given, as JSON lines.

    Raises CommandRefused if an entry cannot be read; what comes before it is printed.
    """
    async with opened_with_any_keys() as context, connect(context.engine) as conn:
        try:
            for key_id, key in (
                await public_keys(conn, context.vault) | context.vault.signing_keys()
            ).items():
                _print({"key_id": key_id, "public_key": base64.b64encode(key).decode()})
            for one in await signed_heads(conn):
                _print({"number": one.number, "heads": one.statement, "signature": one.signature})
            for statement, signature in await signed_cuts(conn):
                _print({"cut": statement, "signature": signature})
            await _print_entries(conn, since)
        except UnreadableRow as error:
            raise CommandRefused(str(error)) from None
    return 0


async def _print_entries(conn: Connection, since: datetime | None) -> None:
    async with aclosing(entries_since(conn, since)) as entries:
        async for row in entries:
            at = row.at.astimezone(SHANGHAI).isoformat(timespec="microseconds")
            facts = {name: getattr(row, name) for name in ("actor", "action", "subject", "detail")}
            entry = {"writer": row.writer, "serial": row.serial, "at": at, **facts}
            _print({"entry": entry, "hash": row.hash.hex()})
            if is_unread():
                return


def _print(line: dict[str, object]) -> None:
    print(json.dumps(line, ensure_ascii=False))


def _read(file: Path) -> list[SignedHeads]:
    """Read the heads of an export; raises BotError for any other file."""
    try:
        with file.open(encoding="utf-8") as lines:
            heads = list(_heads_in(lines))
    except (OSError, ValueError, RecursionError) as error:
        why = error.strerror if isinstance(error, OSError) else "no export of the trail"
        message = f"{name_of(file)}: {why}"
        raise BotError(message) from None
    if not heads:
        message = f"{name_of(file)}: no signed heads in it"
        raise BotError(message)
    return heads


def _heads_in(lines: Iterable[str]) -> Iterator[SignedHeads]:
    """Yield what an export signed, and none of its other lines; raises ValueError or RecursionError."""
    for line in lines:
        match json.loads(line):
            case {"number": int(number), "heads": str(statement), "signature": str(signature)}:
                (statement + signature).encode()  # half a character of a foreign file has no signed form
                yield SignedHeads(number, statement, signature)
            case {"heads": _}:
                raise ValueError
