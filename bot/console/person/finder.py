"""Finds a person by a receipt number or a document number, as read out on the phone."""

from enum import StrEnum

from bot.office.case_work import CaseWork
from bot.receipts.numbers import normal_receipt
from dialogs.rules.identity import check_number
from dialogs.values import Identity, IdType
from storage.console.case_file import CaseFile
from storage.database import Connection
from storage.records.certifications import Certifications


class NotFound(StrEnum):
    """Why a search found nobody; each has a sentence in the catalogue's table `console_person`."""

    UNKNOWN = "not_found"
    NOT_A_NUMBER = "not_a_number"
    NAME = "name_typed"


def why_not_found(typed: str) -> NotFound:
    """Return what is wrong with a number by which nobody was found."""
    if normal_receipt(typed) or any(check_number(id_type, typed) for id_type in IdType):
        return NotFound.UNKNOWN
    is_name = any(map(str.isalpha, typed)) and not any(map(str.isdigit, typed))
    return NotFound.NAME if is_name else NotFound.NOT_A_NUMBER


async def find_person(conn: Connection, work: CaseWork, typed: str) -> Identity | None:
    """Return the person of a number, as registered, or else as one of our passes or tasks names them."""
    receipt = normal_receipt(typed)
    found = await Certifications(work.vault).by_receipt(conn, receipt) if receipt else None
    if found is not None:
        return found.identity
    for id_type in IdType:
        number = check_number(id_type, typed)
        person = await _holder(conn, work, id_type, number) if number else None
        if person is not None:
            return person
    return None


async def _holder(conn: Connection, work: CaseWork, id_type: IdType, number: str) -> Identity | None:
    rows = await work.registered(conn, id_type, number)
    if rows:
        return rows[0].identity
    case = CaseFile(work.vault, Identity("", id_type, number))
    passes = await case.passes(conn)
    if passes:
        return passes[0].certification.identity
    tasks = await case.open_tasks(conn)
    return tasks[0].person if tasks else None
