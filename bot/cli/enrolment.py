"""`faces enroll` and `faces forget`: enrolment templates from photos, and their deletion."""

from contextlib import closing
from pathlib import Path

from bot.cli.operator.context import case_work, document_number, opened, registered_person
from bot.cli.operator.counted import run_counted
from bot.cli.operator.second_person import FILE_WAITS, WAITS, file_waits, waits
from bot.cli.operator.terminal import Subcommands, actions_of, add_person, file_errors, name_of, refuse
from bot.office.case_acts import ActKind, CaseAct
from bot.settings.command_settings import face_pack
from bot.settings.environment import environment
from dialogs.rules.identity import mask_number
from dialogs.values import IdType
from storage.audit_trail.actions import AuditAction
from storage.database import transaction
from storage.records.enrolments import Enrolments

ORDER = 4
"""Position of the commands in `--help`."""


def add_to(subcommands: Subcommands) -> None:
    """Add the commands."""
    actions = actions_of(subcommands, "faces", "enrolment")
    forget = actions.add_parser("forget", help="delete a person's face templates")
    add_person(forget)
    forget.set_defaults(run=lambda options: run_faces_forget(options.id_type, options.id_number))
    enrol = actions.add_parser(
        "enroll", help="make templates from the photos that a file names (CSV, XLSX or XLS)"
    )
    enrol.add_argument("file", type=Path)
    enrol.set_defaults(run=lambda options: run_enrol(options.file))


async def run_enrol(file: Path) -> int:
    """Enrol the photos that a file names and print the counts; 1 if the file needs two people."""
    if file_waits():
        return refuse(f"{name_of(file)}: {FILE_WAITS}")
    from bot.enrolment.enroller import Enroller
    from bot.enrolment.photo_list import reject_stem
    from bot.enrolment.template_pool import TemplatePool

    async with opened() as context:
        with closing(TemplatePool(face_pack(environment()))) as pool:
            enroller = Enroller(context.engine, Enrolments(context.vault), pool)
            with file_errors(file):
                rows, rejects = enroller.count_rows(file), reject_stem(file)
                counting = enroller.enrol_file(file)
                await run_counted(context, counting, AuditAction.FACES_ENROLLED, rejects, rows)
    return 0


async def run_faces_forget(id_type: IdType, typed: str) -> int:
    """Delete the templates of a person who withdrew the face consent; 1 if there are none."""
    number = document_number(id_type, typed)
    async with opened() as context, transaction(context.engine) as conn:
        person = await registered_person(conn, context, id_type, number)
        if await waits(conn, context, CaseAct(ActKind.FORGET, person)):
            return refuse(f"{id_type} {mask_number(number)}: {WAITS}")
        count = await case_work(context).forget_face(conn, id_type, number)
        if not count:
            return refuse(f"{id_type} {mask_number(number)}: nothing is enrolled")
    print(f"{id_type} {mask_number(number)}: {count} templates deleted")
    return 0
