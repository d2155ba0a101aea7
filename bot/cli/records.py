"""`certifications`, `accounts`, `keys`, `purge`: passes, who made many of them, data keys, retention."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from contextlib import aclosing, nullcontext
from datetime import datetime
from pathlib import Path

from bot.background.clock_check import ClockCheck
from bot.background.purging import Purge
from bot.background.trail_cut import TrailCut
from bot.cli.operator.context import OperatorContext, case_work, opened
from bot.cli.operator.counted import record
from bot.cli.operator.streams import is_unread
from bot.cli.operator.terminal import (
    Subcommands,
    account_name,
    actions_of,
    add_choice,
    advance,
    moment,
    moment_or_receipt,
    progress_bar,
    stop_at_interrupt,
    whole_number,
)
from bot.clock import BEGINNING, system_clock
from bot.errors import BotError, CommandRefused
from bot.office.pass_export import (
    ExportFormat,
    PassExport,
    PassLines,
    start_of,
    whole_file,
    write_lines,
    writer,
)
from bot.settings.command_settings import audit_years, days_of_each_class
from bot.settings.environment import environment
from dialogs.values import PassChannel, PassMark
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import subject_of
from storage.audit_trail.cutting import TrailCutting
from storage.database import Connection, connect, transaction
from storage.records.receipts import PassScope, Receipts
from storage.records.shared_accounts import MOST, shared_accounts
from storage.retention.exemptions import ExemptionPurging
from storage.sealing.key_rotation import RotationResult, count_outdated, rotate

_FORMATS = {
    ExportFormat.JSON_LINES: "one JSON object per line",
    ExportFormat.CSV: "a table for programs and spreadsheets; no cell is a formula",
    ExportFormat.XLSX: "a workbook of text cells",
}
_HIDDEN = (
    "{hidden} passes were revoked since then and are not in these lines: whoever read them before pays on. "
    "Take --all, or --revoked beside it."
)
_MANY = 5
"""People: more than most families have to look after."""
_people = whole_number(2, 1_000_000)
_NAME = 16
"""Characters of a keyed hash that tell accounts apart."""

ORDER = 6
"""Position of the commands in `--help`."""


def add_to(subcommands: Subcommands) -> None:
    """Add the four commands."""
    _add_export(subcommands.add_parser("certifications", help="export the passes, people masked"))
    shared = subcommands.add_parser("accounts", help="WeChat accounts from which many people were certified")
    shared.add_argument(
        "--people", type=_people, default=_MANY, help=f"accounts with at least so many people ({_MANY})"
    )
    shared.add_argument(
        "--since", type=moment, default=BEGINNING, help="only passes since this time (Shanghai)"
    )
    shared.set_defaults(run=lambda options: run_accounts(options.people, options.since))
    change = actions_of(subcommands, "keys", "data keys").add_parser(
        "rotate", help="re-encrypt everything with the first of DATA_KEYS"
    )
    change.set_defaults(run=lambda _: run_keys_rotate())
    purging = subcommands.add_parser(
        "purge", help="delete what is past its retention, as the worker does daily"
    )
    purging.add_argument("--dry-run", action="store_true", help="only count; delete nothing")
    purging.set_defaults(run=lambda options: run_purge(is_dry=options.dry_run))


def _add_export(export: argparse.ArgumentParser) -> None:
    kinds = export.add_mutually_exclusive_group(required=True)
    for kind, about in _FORMATS.items():
        kinds.add_argument(f"--{kind}", action="store_const", const=kind, dest="format", help=about)
    export.add_argument(
        "--since",
        type=moment_or_receipt,
        default=BEGINNING,
        metavar="WHEN",
        help="a date, an ISO time (Shanghai), or the newest receipt that you hold",
    )
    which = export.add_mutually_exclusive_group()
    which.add_argument("--revoked", action="store_true", help="instead, passes revoked since then")
    which.add_argument(
        "--all", action="store_true", help="both passes and revocations, as CSV and XLSX have them"
    )
    add_choice(export, "--channel", PassChannel, "only passes of this channel")
    add_choice(export, "--mark", PassMark, "only passes with this mark")
    export.add_argument("--identified", action="store_true", help="with full names and numbers")
    export.add_argument(
        "--out", type=Path, metavar="FILE", help="write to this file, which appears once it is complete"
    )
    export.set_defaults(run=run_certifications)


async def run_certifications(options: argparse.Namespace) -> int:
    """Write passes, oldest first, as they stand now; the access is recorded first.

    JSON lines hold the passes in force, or with `--revoked` those revoked since then, for operators who
    exported them before; with `--all`, as in the other formats, one stream holds both. Without either, the
    number of omitted revocations is printed on standard error, since a core system that never reads them
    continues to pay.
    """
    kind, out = ExportFormat(options.format), options.out
    if kind is ExportFormat.XLSX and out is None:
        message = "--xlsx needs --out FILE"
        raise BotError(message)
    async with opened() as context:
        async with connect(context.engine) as conn:
            wanted = await _wanted(conn, context, options, kind)
        async with transaction(context.engine) as conn:
            detail = f"{_name(options.since)} {kind}{' identified' if wanted.identified else ''}"
            await case_work(context).note(conn, AuditAction.CERTIFICATIONS_READ, "all", detail)
        async with connect(context.engine) as conn:
            altered = await _write(wanted.lines(conn, context.vault), wanted, kind, out)
            hidden = await _hidden(conn, context, wanted)
    if hidden:
        print(_HIDDEN.format(hidden=hidden), file=sys.stderr)
    if altered:
        message = f"left out {len(altered)} passes that are not as they were written: {' '.join(altered)}"
        raise CommandRefused(message)
    return 0


async def _hidden(conn: Connection, context: OperatorContext, wanted: PassExport) -> int:
    """Count the revocations that an export of the passes in force leaves out."""
    if wanted.scope is not PassScope.IN_FORCE:
        return 0
    return await Receipts(context.vault).count_revoked(conn, wanted.start, wanted.channel, wanted.mark)


async def _wanted(
    conn: Connection, context: OperatorContext, options: argparse.Namespace, kind: ExportFormat
) -> PassExport:
    start = await start_of(conn, context.vault, options.since)
    if start is None:
        message = f"--since: there is no receipt {options.since}"
        raise BotError(message)
    holds_all = options.all or kind is not ExportFormat.JSON_LINES
    scope = PassScope.ALL if holds_all else PassScope.IN_FORCE
    return PassExport(
        start,
        PassScope.REVOKED if options.revoked else scope,
        options.channel,
        options.mark,
        options.identified,
    )


async def _write(lines: PassLines, wanted: PassExport, kind: ExportFormat, out: Path | None) -> list[str]:
    try:
        with whole_file(out) if out else nullcontext(sys.stdout.buffer) as file:
            with writer(kind, file, wanted) as write:
                altered = await write_lines(lines if out else _while_read(lines), write)
            file.flush()
    except OSError as error:
        message = f"--out: {error.strerror}"
        raise BotError(message) from None
    return altered


async def _while_read(lines: PassLines) -> PassLines:
    async with aclosing(lines):
        async for one in lines:
            yield one
            if is_unread():
                return


def _name(since: datetime | str) -> str:
    return since if isinstance(since, str) else since.isoformat()


async def run_accounts(people: int, since: datetime) -> int:
    """Print the accounts, each by its keyed hash in the trail, with the receipts; the access is recorded."""
    async with opened() as context:
        async with transaction(context.engine) as conn:
            detail = f"{_name(since)} accounts of {people} people"
            await case_work(context).note(conn, AuditAction.CERTIFICATIONS_READ, "all", detail)
        async with connect(context.engine) as conn:
            found = await shared_accounts(conn, since, people)
    for one in found:
        name = subject_of(context.vault, one.account)[:_NAME]
        print(f"{one.people} people by account {name}: {' '.join(one.receipts)}")
    if not found:
        print(f"no account has certified {people} or more people")
    if len(found) == MOST:
        print(f"these are the first {MOST}; --people or --since asks for fewer", file=sys.stderr)
    return 0


async def run_keys_rotate() -> int:
    """Bring every sealed field and keyed hash under the first of DATA_KEYS; exit 1 while any are not."""
    async with opened() as context:
        async with connect(context.engine) as conn:
            waiting = await count_outdated(conn, context.vault)
        with progress_bar(waiting, "rows") as bar:
            done = await rotate(context.engine, context.vault, advance(bar))
        async with transaction(context.engine) as conn:
            detail = f"moved {done.moved} left {done.left}"
            await case_work(context).note(conn, AuditAction.KEYS_ROTATED, "all", detail)
    return _report(done, context.vault.key_names())


def _report(done: RotationResult, keys: Sequence[str]) -> int:
    print(f"moved {done.moved}, left {done.left}")
    for row in done.named:
        print(f"does not open: {row.table} {row.key}")
    if done.damaged:
        print(f"{done.damaged} rows are damaged, or under a key that DATA_KEYS lacks: they stay as they are")
    held = done.left - done.unreachable_templates - done.damaged
    if held:
        print(f"{held} rows were in use or written under an older key: run it again")
    if unreachable := done.unreachable_templates:
        print(f"{unreachable} templates belong to people not in this database: keep their key or enrol again")
    if not done.left:
        _tell_keys(*keys)
    return 1 if done.left else 0


def _tell_keys(first: str, *others: str) -> None:
    """Print the keys by name: an operator who put the new key second would otherwise delete the wrong one."""
    print(f"everything is under {first}, the first of DATA_KEYS")
    if others:
        print(f"no longer needed here: {', '.join(others)}; backups from before need them, keep them as long")
        print("without them nobody is found in the audit trail's entries from before, which hold hashes")


async def run_purge(*, is_dry: bool) -> int:
    """Delete, or count, and print one line per class; exit 1 after an interrupt."""
    days, years, stop = days_of_each_class(environment()), audit_years(environment()), asyncio.Event()
    async with opened() as context:
        await _warn_of_clock(context)
        exemptions = ExemptionPurging(context.vault, Actor.OPERATOR, account_name())
        purging = Purge(context.engine, days, system_clock, exemptions)
        if not is_dry:
            stop_at_interrupt(stop)
        counts = await (purging.count() if is_dry else purging.run(stop))
        for of, gone in counts.items():
            print(f"{of}: {gone} {'would go' if is_dry else 'deleted'} (kept {days[of]} days)")
        if not is_dry:
            await record(context, AuditAction.PURGED, " ".join(f"{of} {gone}" for of, gone in counts.items()))
        changed = bool(years) and await _cut_trail(context, years, stop, is_dry=is_dry)
    if stop.is_set():
        message = "interrupted: what is counted above is deleted; run it again to go on"
        raise CommandRefused(message)
    return 1 if changed else 0


async def _warn_of_clock(context: OperatorContext) -> None:
    """Say that the clock may be wrong; the worker would wait, but a silent service can be purged by hand."""
    newest = await ClockCheck(context.engine, system_clock).silent_since()
    if newest is not None:
        of = f"{newest:%Y-%m-%d}"
        warning = f"the newest message is of {of}: if this machine's clock is wrong, too much goes"
        print(f"pension-bot: warning: {warning}", file=sys.stderr)


async def _cut_trail(context: OperatorContext, years: int, stop: asyncio.Event, *, is_dry: bool) -> bool:
    """Cut, or count, what AUDIT_YEARS no longer keeps; True if a chain was changed."""
    cutting = TrailCutting(context.vault, Actor.OPERATOR, account_name())
    trail = TrailCut(context.engine, cutting, years, system_clock)
    counts = await (trail.count() if is_dry else trail.run(stop))
    print(f"audit: {counts.gone} {'would go' if is_dry else 'deleted'} (kept {years} years)")
    if counts.carried:
        print(f"audit: {counts.carried} more stay, since passes, exemptions or accounts are known by them")
    if is_dry and counts.gone:
        print("audit: to have them elsewhere first, run `audit export` and keep what it writes")
    for chain in counts.changed:
        print(f"audit: {chain} is not as it was written, and is cut no further: run `audit verify`")
    return bool(counts.changed)
