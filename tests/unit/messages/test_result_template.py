"""The result's template message stays within the platform's limits, whatever its values."""

import re

from messages.template_messages.fields import character_string, phrase, thing
from messages.template_messages.result import FAILED, NO_RECORD, PASSED, RECORD, ResultFacts, result_fields
from tests.support.tables import over


def test_pass_fills_five_fields():
    facts = ResultFacts("陈*国", PASSED, "2026年11月23日 16:20", "R7KQ2M", "2027年11月30日")
    assert result_fields(facts) == {
        "thing1": "陈*国",
        "phrase2": "认证成功",
        "time3": "2026年11月23日 16:20",
        "character_string4": "R7KQ2M",
        "thing5": "下次认证：2027年11月30日前",
    }


@over(
    [PASSED, FAILED, RECORD, NO_RECORD],
    ["", "陈", "阿卜杜拉·买买提·艾合买提·吐尔逊江·麦麦提明", "a\nb", "𠀀" * 30],
)
def test_every_value_is_within_platform_limits(outcome, name):
    fields = result_fields(ResultFacts(name, outcome, "2026年1月1日 00:00", due="2027年12月31日"))
    short = result_fields(ResultFacts(name, outcome, "2026年1月1日 00:00"))
    for one in (fields, short):
        assert 0 < len(one["thing1"]) <= 20
        assert "\n" not in one["thing1"]
        assert 0 < len(one["thing5"]) <= 20
        assert "…" not in one["thing5"]
        assert one["phrase2"] == outcome
        assert re.fullmatch("[\u4e00-\u9fff]{1,5}", one["phrase2"])
        assert re.fullmatch(r"[\x21-\x7e]{1,32}", one["character_string4"])


def test_value_that_does_not_fit_is_cut_not_refused():
    assert thing("一" * 30) == "一" * 19 + "…"
    assert phrase("认证 ok 成功了吗是的") == "认证成功了"
    assert phrase("ok") == "无"
    assert character_string("回执R-1 " + "9" * 40) == ("R-1" + "9" * 40)[:32]
