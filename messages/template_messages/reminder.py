"""Fields of the yearly reminder's template message, in the default language."""

from collections.abc import Mapping
from datetime import date

from messages.catalogue.formats import day
from messages.catalogue.phrases import SCHEME_NAMES, Phrase
from messages.language.codes import DEFAULT
from messages.template_messages.fields import thing

FIELDS = ("thing1", "thing2", "time3", "thing4")
"""The template to apply for (标题 养老待遇资格认证提醒): 姓名, 项目, 截止日期, 备注, in this order."""


def reminder_fields(name: str, scheme: str, due_on: date, left: int) -> dict[str, str]:
    """Return the fields for a masked name; `left` days remain, negative once it is overdue."""
    values = (thing(name), thing(SCHEME_NAMES[scheme].spoken(DEFAULT)), day(due_on), _remark(left))
    return dict(zip(FIELDS, values, strict=True))


def with_days_left(fields: Mapping[str, str], left: int) -> dict[str, str]:
    """Return the fields of a reminder as they are on another day."""
    return {**fields, FIELDS[-1]: _remark(left)}


def _remark(left: int) -> str:
    return thing(f"{_urgency(left)}{_text('end')}")


def _urgency(left: int) -> str:
    if left < 0:
        return _text("overdue")
    return _text("today") if left == 0 else _text("left").format(days=left)


def _text(key: str) -> str:
    return Phrase("reminder", key).spoken(DEFAULT)
