"""Texts of a task, its person masked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot.console.words import choices, masked_words, since_words
from dialogs.local_time import SHANGHAI, local_date
from dialogs.values import Certification
from messages.catalogue.formats import day, minute
from messages.catalogue.phrases import (
    CONSOLE,
    CONSOLE_RESULTS,
    CONSOLE_TASK_KINDS,
    CONSOLE_TASKS,
)
from messages.language.codes import Language
from storage.console.task_board import BoardTask, TaskResult
from storage.records.tasks import TaskKind

_AGES = {0: "came_today", 1: "came_yesterday"}
_OLD, _LATE = 7, 3
"""Days from which a task is marked as bad, and as a warning."""
_R = TaskResult
_ANY = (_R.SETTLED, _R.CERTIFIED, _R.NOT_REACHED, _R.MOVED)
RESULTS: Mapping[TaskKind, Sequence[TaskResult]] = MappingProxyType(
    dict.fromkeys(TaskKind, _ANY)
    | {TaskKind.DEATH: (_R.LIVING, _R.DECEASED), TaskKind.HOME_VISIT: (_R.SETTLED, _R.NOT_REACHED)}
)
"""Results with which a task of each kind can end on this page.

A reported death needs one that settles the reminders; results of visits are recorded on the page of visits.
"""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task of the list; `days` is how many days ago it came, `visit_on` an ISO date or "".

    `certified` names passes since then, "" for none.
    """

    id: int
    kind: str
    name: str
    document: str
    since: str
    days: int
    age: str
    tone: str
    taken_by: str
    is_visit: bool
    visit_on: str
    visit_day: str
    awaits: bool
    results: Sequence[tuple[str, str]]
    certified: str


def task_row(one: BoardTask, since: Sequence[Certification], language: Language, now: datetime) -> TaskRow:
    """Return the words of a task, and of its person's passes since."""
    came = one.created_at.astimezone(SHANGHAI)
    days = max((local_date(now) - came.date()).days, 0)
    damaged = CONSOLE["damaged"].spoken(language), ""
    name, document = masked_words(one.person, language) if one.person else damaged
    return TaskRow(
        one.id,
        CONSOLE_TASK_KINDS[one.kind].spoken(language),
        name,
        document,
        minute(came, language),
        days,
        CONSOLE_TASKS[_AGES.get(days, "days_old")].spoken(language).format(days=days),
        "bad" if days >= _OLD else "warm" if days >= _LATE else "plain",
        one.taken_by,
        one.kind is TaskKind.HOME_VISIT,
        one.visit_on.isoformat() if one.visit_on else "",
        day(one.visit_on, language) if one.visit_on else "",
        one.result is not None,
        choices(RESULTS[one.kind], CONSOLE_RESULTS, language),
        since_words(since, language),
    )
