"""The filter of the task list, as the page's address gives it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from bot.console.words import choices
from bot.pages.template_page import Values
from messages.catalogue.phrases import CONSOLE_AGES, CONSOLE_TASK_KINDS, CONSOLE_TASKS
from messages.language.codes import Language
from storage.console.figures import TaskAge
from storage.console.task_board import TaskFilter
from storage.records.tasks import TaskKind

_ANYBODY, _MINE, _NOBODY = "anybody", "mine", "nobody"
_BY = "by:"
"""Prefix of a value that names an account."""

_KEPT = ("kind", "age", "holder", "after")
"""Parameters that the address of a list has, and after it the addresses of its forms."""


def back_to_list(query: Mapping[str, str], task_id: int, flash: str) -> str:
    """Return the address of the list from which a form came, at its task, with the flash message.

    A clerk who has just taken a task from the list of unassigned ones sees their own list, since the task has
    left the other.
    """
    kept = {name: query[name] for name in _KEPT if query.get(name)}
    if flash == "task_taken" and kept.get("holder") == _NOBODY:
        kept = {"kind": kept.get("kind", ""), "holder": _MINE}
    return f"/admin/tasks?{urlencode({**kept, 'flash': flash, 'task': task_id})}#task-{task_id}"


@dataclass(frozen=True, slots=True)
class TaskQuery:
    """Kind and age ("": all), and whose, as the filter's form names them.

    `account` is the reader, `others` are the other accounts that may have tasks.
    """

    account: str
    others: Sequence[str]
    kind: str
    age: str
    holder: str

    @classmethod
    def of(cls, query: Mapping[str, str], account: str, colleagues: Sequence[str]) -> "TaskQuery":
        """Read an address; a wrong value stands for all, and is kept nowhere."""
        kind, age, holder = (query.get(name, "") for name in ("kind", "age", "holder"))
        others = [one for one in colleagues if one != account]
        holders = {_MINE, _NOBODY, *(f"{_BY}{name}" for name in others)}
        return cls(
            account,
            others,
            kind if kind in set(TaskKind) else "",
            age if age in set(TaskAge) else "",
            holder if holder in holders else _ANYBODY,
        )

    def filter(self, now: datetime) -> TaskFilter:
        """Return what the board is asked for."""
        kind = TaskKind(self.kind) if self.kind else None
        return TaskFilter(now, kind, self._taken_by(), TaskAge(self.age) if self.age else None)

    def options(self, language: Language) -> Values:
        """Return the values of the filter's form."""
        return {
            "kind": self.kind,
            "kinds": choices(TaskKind, CONSOLE_TASK_KINDS, language),
            "age": self.age,
            "ages": choices(TaskAge, CONSOLE_AGES, language),
            "holder": self.holder,
            "holders": [
                *choices((_ANYBODY, _MINE, _NOBODY), CONSOLE_TASKS, language),
                *((f"{_BY}{name}", name) for name in self.others),
            ],
            "colleagues": self.others,
        }

    def _taken_by(self) -> str | None:
        match self.holder:
            case "anybody":
                return None
            case "mine":
                return self.account
            case "nobody":
                return ""
        return self.holder.removeprefix(_BY)
