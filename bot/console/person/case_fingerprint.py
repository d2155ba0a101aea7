"""Tells whether a case is still as a clerk's page shows it; the form of an outdated page changes nothing.

Otherwise a second tab, the browser's back button or a second click would repeat an act, or undo a
colleague's.
"""

from bot.console.page_fingerprint import fingerprint_of
from bot.console.person.case import Case, read_case
from bot.office.case_work import CaseWork
from dialogs.values import Identity
from storage.database import Connection, lock_names


def fingerprint_of_case(case: Case) -> str:
    """Return a fingerprint that changes with whatever an act of the page changes, and with a new link."""
    exemption, rows = case.exemption, [one.row for one in case.benefits]
    return fingerprint_of(
        (
            [(one.certification.receipt, one.revoked_at) for one in case.passes],
            [(row.scheme, row.status, row.death_reported) for row in rows],
            max((one.created_at for one in case.link_results), default=None),
            case.enrolled_at,
            exemption and (exemption.granted_at, exemption.until),
            [(one.id, one.visit_on, one.taken_by, one.result) for one in case.tasks],
            [one.id for one in case.waiting],
        )
    )


async def is_as_seen(conn: Connection, work: CaseWork, person: Identity, seen: str) -> bool:
    """Whether a page with the fingerprint `seen` is still current; other acts on the case wait."""
    await lock_names(conn, [f"case:{work.hashed(*person.document)}"])
    return fingerprint_of_case(await read_case(conn, work, person)) == seen
