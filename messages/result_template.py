"""A chat result as a template message: its short facts, where no customer message may go any more.

The template that the operator registers (`RESULT_TEMPLATE_ID`) has these five fields, by these names.
"""

from dataclasses import dataclass, field

from messages.template_fields import character_string, phrase, thing

PASSED, FAILED, RECORD, NO_RECORD = "认证成功", "认证失败", "查询结果", "暂无记录"
_ADVICE = "可再试，或到社保经办机构、拨12333"


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """What a result comes down to; `due` is a date as people read it, "" where there is none."""

    name: str = field(repr=False)
    outcome: str
    time: str
    receipt: str = ""
    due: str = ""


def result_fields(facts: ResultFacts) -> dict[str, str]:
    """Return the template's data, each value within its field's limits."""
    return {
        "thing1": thing(facts.name),
        "phrase2": phrase(facts.outcome),
        "time3": facts.time,
        "character_string4": character_string(facts.receipt),
        "thing5": thing(f"下次认证：{facts.due}前" if facts.due else _ADVICE),
    }
