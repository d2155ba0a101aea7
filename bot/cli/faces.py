"""`faces enroll` and `faces forget`: enrolment templates from photos, and their deletion."""

import argparse
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from bot.cli.console import OPERATOR, Words, actions_of, add_person, advance, refuse
from bot.cli.context import document_number, hashed, opened, opened_engine
from bot.clock import system_clock
from bot.errors import BotError
from bot.settings.settings import data_keys, environment, face_pack
from dialogs.rules.identity import mask_number
from dialogs.values import IdType
from storage.audit import Actor, Audit, AuditAction, AuditEntry
from storage.database import transaction
from storage.records.enrolments import Enrolments

_P = TypeVar("_P", bound=argparse.ArgumentParser)

ORDER = 4
"""Position of the commands in `--help`."""


def add_to(words: "Words[_P]") -> None:
    """Add the command."""
    actions = actions_of(words, "faces", "enrolment")
    forget = actions.add_parser("forget", help="delete a person's face templates")
    add_person(forget)
    forget.set_defaults(run=lambda options: run_faces_forget(options.id_type, options.id_number))
    enrol = actions.add_parser("enroll", help="make templates of the photos that a file names (CSV or XLSX)")
    enrol.add_argument("file", type=Path)
    enrol.set_defaults(run=lambda options: run_enrol(options.file))


async def run_enrol(file: Path) -> int:
    """Enrol the photos that a file names and print the counts."""
    from bot.enrolment.enroller import Enroller
    from bot.face_pack import open_checker
    from bot.opening import open_vault

    source = environment()
    vault = open_vault(data_keys(source))
    async with opened_engine() as engine:
        checker = open_checker(face_pack(source), None)
        try:
            with tqdm(unit=" rows") as bar:
                report = await Enroller(engine, Enrolments(vault), checker).enrol_file(file, advance(bar))
        except OSError as error:
            message = f"{file.name}: {error.strerror}"
            raise BotError(message) from None
    print(
        f"new {report.new}, changed {report.changed}, unchanged {report.unchanged}, refused {report.refused}"
    )
    return 0


async def run_faces_forget(id_type: IdType, typed: str) -> int:
    """Delete the templates of a person who withdrew the face consent; 1 where there are none."""
    number = document_number(id_type, typed)
    async with opened() as memory, transaction(memory.engine) as conn:
        count = await Enrolments(memory.vault).forget(conn, id_type, number)
        if not count:
            return refuse(f"{id_type} {mask_number(number)}: nothing is enrolled")
        entry = AuditEntry(Actor.OPERATOR, AuditAction.TEMPLATE_DELETED, hashed(memory, number), str(count))
        await Audit(OPERATOR).append(conn, [entry], system_clock())
    print(f"{id_type} {mask_number(number)}: {count} templates deleted")
    return 0
