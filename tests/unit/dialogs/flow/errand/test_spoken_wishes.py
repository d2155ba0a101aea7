"""Wishes as they come from voice input: whose turn it is, who told the writer, the last day, siblings."""

from dialogs.effects import CheckEligibility, RecordConsent
from dialogs.reading.intents import Intent
from dialogs.reading.reader import read
from dialogs.session import Relation, Session, State
from dialogs.values import Manner
from tests.support.dialog.dialogue import NUMBER, say_with_faq, talk
from tests.support.dialog.states import session_in
from tests.support.tables import over

REPORT = f"我妈李秀英死了，身份证{NUMBER}"


@over(["我本人呀我自己", "我自己啊我本人", "就是我本人就是我自己"])
def test_oneself_named_in_two_ways_chooses_oneself(words):
    assert say_with_faq(session_in(State.MANNER), words).session.state is State.NAME


@over(["先弄我的吧", "那先办我的", "算了还是先弄我自己的吧", "先办我自己的", "先给我弄"])
def test_turn_of_the_writer_begins_for_them(words):
    for before in (Session(), talk(Session(), "给老伴认证").session):
        errand = say_with_faq(before, words).session.errand
        assert (errand.manner, errand.told) == (Manner.SELF, True)
    assert say_with_faq(session_in(State.MANNER), words).session.state is State.NAME


@over(["先弄我妈的", "先给我妈弄"])
def test_turn_of_a_relative_begins_for_them(words):
    assert say_with_faq(Session(), words).session.errand.relation is Relation.MOTHER


@over(["他说要刷脸", "他们说要认证", "她叫我来认证", "别人说要认证", "他们说我没有认证"])
def test_somebody_who_told_the_writer_is_not_the_one_certified(words):
    assert read(words).intent is Intent.CERTIFY
    assert say_with_faq(Session(), words).session.errand.manner is Manner.SELF


@over(["他要认证", "她叫我帮她认证", "他说他要认证", "别人要认证"])
def test_somebody_who_wants_it_is(words):
    assert say_with_faq(Session(), words).session.errand.manner is Manner.AGENT


@over(["快点帮我爸弄一下他那个认证明天就截止了", "帮我爸认证马上截止了", "给我爸办认证月底到期了"])
def test_wish_for_a_relative_with_the_last_day_begins(words):
    errand = say_with_faq(Session(), words).session.errand
    assert (errand.manner, errand.relation) == (Manner.AGENT, Relation.FATHER)


@over(["给我爸办什么时候到期", "我爸的认证明天截止吗", "我想知道认证是不是快到期了", "帮我看看什么时候截止"])
def test_question_for_the_last_day_stays_one(words):
    assert read(words).intent is Intent.DUE


@over(["给我妹认证", "帮我哥弄一下", "我姐要认证", "帮我弟办", "给我嫂子认证", "帮我妹夫认证"])
def test_brothers_and_sisters_are_relatives(words):
    errand = say_with_faq(Session(), words).session.errand
    assert (errand.manner, errand.relation, errand.told) == (Manner.AGENT, Relation.OTHER, True)


@over(["我姐帮我认证", "我弟给我弄"])
def test_brother_who_helps_is_not_the_one_certified(words):
    assert read(words).relation is Relation.SELF


@over(["老人怎么认证", "老人家怎么刷脸", "老人该怎么办认证", "老人认证怎么办"])
def test_question_how_old_people_certify_leaves_no_errand(words):
    before = session_in(State.NAME)
    assert say_with_faq(before, words).session.errand == before.errand


@over(["我家老人怎么认证", "我家老人认证怎么弄", "给老人怎么认证", "帮老人认证怎么弄"])
def test_old_person_of_the_family_is_a_relative(words):
    assert read(words).relation is Relation.OTHER


@over(["我认证了还说没认证", "都弄了三遍了还说没认证", "刷过脸了怎么还显示未认证"])
def test_complaint_that_a_check_is_missing_asks_whether_it_counts(words):
    assert read(words).intent is Intent.COUNTED


@over(["我要弄那个一年一次的", "我今年八十三了我要弄那个一年一次的", "来办每年一次的那个"])
def test_yearly_thing_is_the_certification(words):
    assert read(words).intent is Intent.CERTIFY


@over(["那好吧我弄", "行吧我办"])
def test_reluctant_assent_at_the_start_is_a_wish(words):
    assert read(words).intent is Intent.CERTIFY


@over(["莫得错", "莫得问题", "莫错"])
def test_nothing_wrong_in_dialect_confirms_what_was_read_back(words):
    taken = say_with_faq(session_in(State.READ_BACK), words)
    assert any(isinstance(effect, CheckEligibility) for effect in taken.effects)


@over(["那算了我等他回来", "算了等我儿子回来弄", "等她回来再说"])
def test_waiting_for_somebody_puts_the_work_off(words):
    assert read(words).intent is Intent.LATER


@over(["不同意行不行", "不同意可不可以", "不同意可以不"])
def test_doubt_about_the_consent_is_answered_and_gives_none(words):
    taken = say_with_faq(session_in(State.AGREEMENT), words)
    assert read(words).intent is Intent.DISAGREED
    assert not any(isinstance(effect, RecordConsent) for effect in taken.effects)


@over(["下一个老人", "下个老人呢", "还有一个老人要认证"])
def test_next_old_person_is_the_next_one(words):
    assert read(words).intent is Intent.NEXT_PERSON


@over(["下一步下一步", "下一步 下一步"])
def test_choice_said_twice_is_that_choice(words):
    taken = say_with_faq(session_in(State.READ_BACK), words)
    assert any(isinstance(effect, CheckEligibility) for effect in taken.effects)


@over(["确认上报确认上报", "确认删除确认删除", "确认撤回确认撤回"])
def test_final_choice_has_to_be_said_as_it_stands(words):
    for before in (session_in(State.ERASURE), session_in(State.WITHDRAWAL), talk(Session(), REPORT).session):
        assert say_with_faq(before, words).session.state is before.state


@over(["那就在这里弄吧", "就在手机上办吧", "那我在这儿认证"])
def test_wish_to_do_it_here_begins(words):
    assert read(words).intent is Intent.CERTIFY


@over(["我去年在社区弄过了今年还要不要", "今年还用不用"])
def test_question_whether_it_is_needed_this_year_asks_for_the_date(words):
    assert read(words).intent is Intent.DUE


@over(["那我发给她", "发到他微信怎么发", "怎么发到我妈微信上"])
def test_sending_it_to_a_relative_is_about_the_link(words):
    assert read(words).intent is Intent.FORWARD
