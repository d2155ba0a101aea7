"""`registry import`: a file of beneficiaries into the imported registry, or compared with it."""

import asyncio
from pathlib import Path

from bot.cli.operator.context import OperatorContext, case_work, opened
from bot.cli.operator.counted import follow, print_counts, record, run_counted
from bot.cli.operator.second_person import FILE_WAITS, file_waits
from bot.cli.operator.terminal import Subcommands, actions_of, city_code, file_errors, name_of, refuse
from bot.clock import system_clock
from dialogs.local_time import local_date
from storage.audit_trail.actions import AuditAction
from storage.database import connect
from storage.registry.file import RegistryFile, open_registry_file
from storage.registry.importing.comparison import write_missing
from storage.registry.importing.importer import RegistryImport
from storage.registry.importing.rejects import RejectsOf
from storage.registry.importing.row_counts import RowCounts

ORDER = 3
"""Position of the commands in `--help`."""


def add_to(subcommands: Subcommands) -> None:
    """Add the command."""
    load = actions_of(subcommands, "registry", "beneficiaries").add_parser(
        "import", help="read a registry file (CSV, XLSX or XLS)"
    )
    load.add_argument("file", type=Path)
    load.add_argument("--dry-run", action="store_true", help="only count; change nothing")
    load.add_argument(
        "--full",
        type=city_code,
        metavar="CITY",
        help="list people who are on record for this city but missing from the file",
    )
    load.set_defaults(run=lambda options: run_import(options.file, options.full, dry_run=options.dry_run))


async def run_import(path: Path, full: str | None, *, dry_run: bool) -> int:
    """Import a registry file, or only count; with `full`, list who is missing from that city's export.

    A file that needs two people is only counted, and the exit code is 1.
    """
    waits = not dry_run and file_waits()
    async with opened() as context:
        settle = case_work(context).settle_certified
        importer = RegistryImport(context.engine, context.vault, system_clock, settle=settle)
        with file_errors(path):
            file = open_registry_file(path, local_date(system_clock()))
            await (_preview if dry_run or waits else _apply)(context, importer, file)
            if full:
                await _compare(context, file, full)
    return refuse(f"{name_of(path)}: {FILE_WAITS}") if waits else 0


async def _preview(_: OperatorContext, importer: RegistryImport, file: RegistryFile) -> None:
    counts = RowCounts()
    async for counts in follow(importer.preview(file), asyncio.Event()):  # noqa: B007 - as the last ones are
        pass
    print_counts(counts, RejectsOf.ROWS.stem(file.path))
    print("dry run: nothing was changed")


async def _apply(context: OperatorContext, importer: RegistryImport, file: RegistryFile) -> None:
    rejects = RejectsOf.ROWS.stem(file.path)
    await run_counted(context, importer.apply(file), AuditAction.REGISTRY_IMPORTED, rejects)


async def _compare(context: OperatorContext, file: RegistryFile, city: str) -> None:
    stem = file.path.with_name(f"{file.path.name}.missing")
    await record(context, AuditAction.REGISTRY_COMPARED, f"{city}: begun")  # before anybody is written down
    async with connect(context.engine) as conn:
        found = await write_missing(conn, context.vault, file, city, stem)
    await record(
        context, AuditAction.REGISTRY_COMPARED, f"{city}: held {found.held}, missing {found.missing}"
    )
    print(f"{city}: held {found.held}, missing from the file {found.missing}; nothing was changed for them")
    for name, number in found.shown:
        print(f"  {name} {number}")
    if found.missing:
        print(
            f"all of them: {stem.name}.csv and .xlsx (to suspend them, change benefit_status and import it)"
        )
