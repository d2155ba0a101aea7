"""A task in words, its person masked."""

from dataclasses import dataclass
from datetime import datetime

from dialogs.rules.identity import masked
from dialogs.values import SHANGHAI
from messages.formats import minute
from messages.languages import Language
from messages.phrases import CONSOLE_TASK_KINDS, CONSOLE_TASKS, ID_TYPE_NAMES
from storage.console.task_board import BoardTask

_OLD = 7
_LATE = 3


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task of the list; `days` is its age in whole days."""

    id: int
    kind: str
    name: str
    document: str
    since: str
    days: int
    age: str
    tone: str
    taken_by: str


def task_row(one: BoardTask, language: Language, now: datetime) -> TaskRow:
    """Return the words of a task."""
    task, (name, number) = one.task, masked(one.task.person)
    days = max((now - task.created_at).days, 0)
    return TaskRow(
        task.id,
        CONSOLE_TASK_KINDS[task.kind].spoken(language),
        name,
        f"{ID_TYPE_NAMES[task.person.id_type].spoken(language)} {number}",
        minute(task.created_at.astimezone(SHANGHAI), language),
        days,
        CONSOLE_TASKS["days_old"].spoken(language).format(days=days),
        "bad" if days >= _OLD else "warm" if days >= _LATE else "plain",
        one.taken_by,
    )
