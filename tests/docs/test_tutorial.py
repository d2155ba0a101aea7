"""The tutorial's taps are choices that the bot offers, in this order, up to the link."""

import re

import pytest

from bot.demo.sample_people import SAMPLES
from dialogs.session import Session
from tests.docs.names import ROOT
from tests.support.dialog.dialogue import answer_check, reply_text, talk


@pytest.mark.parametrize("page", ["tutorial.md", "tutorial.zh.md"])
def test_tutorial_taps_are_offered_and_lead_to_the_link(page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    (named,) = re.findall(r"\w+(?:\s+→\s+\w+){3}", text)
    taken = talk(Session(), "养老认证")
    for tap in re.split(r"\s+→\s+", named):
        assert tap in reply_text(taken)
        taken = talk(taken.session, tap)
    person = SAMPLES[0].typed
    answers = (person.name, "居民身份证"), ("居民身份证", "证件号码"), (person.number, "下一步")
    for words, offered in answers:
        taken = talk(taken.session, words)
        assert offered in reply_text(taken)
    taken = answer_check(talk(taken.session, "下一步"))
    assert "确定" in reply_text(taken)
    assert "点这里开始刷脸" in reply_text(talk(taken.session, "确定"))
