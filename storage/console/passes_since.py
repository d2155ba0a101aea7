"""Finds the passes of people since their tasks were opened.

A pass by face ends no task (0047): whoever has the task is told of it, and decides.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Certification, Document, Scheme
from storage.console.task_board import BoardTask
from storage.records.certifications import STANDS, Certifications
from storage.records.tasks import SETTLED_BY_CERTIFICATION, Task, TaskKind
from storage.schema.captures import certifications
from storage.schema.columns import number_context
from storage.sealing.vault import Vault

_NUMBER = number_context(certifications)
_AT_ONCE = 500
"""People of one query: a database takes only so many values."""

SHOWN_KINDS = SETTLED_BY_CERTIFICATION | {TaskKind.DEATH}
"""Kinds that are shown with a later pass; a second look and a deletion are about something else."""


async def passes_since(
    conn: AsyncConnection, vault: Vault, tasks: Sequence[BoardTask | Task]
) -> Mapping[int, Sequence[Certification]]:
    """Return each open task's passes since it was opened, by the task's number (see `newest_since`)."""
    shown = [task for task in tasks if task.person and task.kind in SHOWN_KINDS]
    made: dict[Document, list[Certification]] = {}
    for start in range(0, len(shown), _AT_ONCE):
        for one in await _passes(conn, vault, shown[start : start + _AT_ONCE]):
            made.setdefault(one.identity.document, []).append(one)
    return {task.id: newest_since(task, made.get(task.person.document, ())) for task in shown if task.person}


def newest_since(task: BoardTask | Task, passes: Iterable[Certification]) -> Sequence[Certification]:
    """Return the newest of a person's passes in each scheme if it is later than the task.

    None for an ended task, and for one that is about something else.
    """
    if task.kind not in SHOWN_KINDS or (isinstance(task, BoardTask) and task.is_done):
        return []
    newest: dict[Scheme, Certification] = {}
    for one in sorted(passes, key=lambda one: one.certified_at):
        if one.certified_at > task.created_at:
            newest[one.scheme] = one
    return [newest[scheme] for scheme in Scheme if scheme in newest]


async def _passes(
    conn: AsyncConnection, vault: Vault, tasks: Sequence[BoardTask | Task]
) -> list[Certification]:
    people = {task.person for task in tasks if task.person}
    blinds = {blind for one in people for blind in vault.blinds(one.lifelong_number, _NUMBER)}
    table, first = certifications.c, min(task.created_at for task in tasks)
    later = select(certifications).where(table.number_blind.in_(blinds), table.certified_at > first, *STANDS)
    found = [Certifications(vault).read(row) for row in await conn.execute(later)]
    return [one for one in found if isinstance(one, Certification)]
