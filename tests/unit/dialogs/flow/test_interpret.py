"""How a message is interpreted: numbers, labels, menu keys, main words, QR scenes."""

import pytest

from dialogs.flow.interpret import Command, IntentMeant, Misunderstood, understand
from dialogs.flow.states.triggers import Trigger
from dialogs.reading.intents import Intent
from dialogs.reading.reader import Reading, Utterance
from dialogs.session import Errand, State
from dialogs.values import Scheme
from messages.inbound import Click, Media, MediaKind, Scanned, Subscribed, Text
from messages.language.labels import Label, MenuKey
from tests.support.dialog.dialogue import talk
from tests.support.dialog.states import session_in
from tests.support.tables import over

OFFERED = (Label.NEXT, Label.EDIT)


def trigger_of(content, choices=OFFERED):
    return understand(Text(content), choices).trigger


@pytest.mark.parametrize("content", ["2", "２", " 2 ", "2。", "02", "修改", "修改。", "　修改 "])
def test_number_or_label_selects_the_choice(content):
    assert trigger_of(content) is Trigger.EDIT


@over(
    ["“{}”", "“{}”。", "「{}」", '"{}"', "{}吧", "{}啊", "“{}”吧。", "{spaced}"],
    [Label.NEXT, Label.EDIT, Label.BACK, Label.HOME, Label.CONFIRM_ERASURE, Label.AGREE],
)
def test_label_with_quotation_marks_particle_or_blanks_is_recognised(form, label):
    typed = form.format(label, spaced=" ".join(label))
    assert understand(Text(typed), OFFERED) == understand(Text(label), OFFERED)


@over(["“上一步”", "“返回首页”", "返回首页吧", "上 一 步"])
def test_label_in_quotation_marks_is_not_read_as_name(typed):
    assert talk(session_in(State.NAME), typed).session.state is not State.ID_TYPE


@over(
    [Label.AGREE, Label.REPORT, Label.CONFIRM_WITHDRAWAL, Label.CONFIRM_ERASURE],
    ["{}？", "“{}”？", "{}吧？", "“{}?”", "确定？", "同意吗", "{}吗", "{}呢？", "不{}", "{}是什么"],
)
def test_question_does_not_trigger_an_irreversible_choice(label, form):
    asked = understand(Text(form.format(label)), (label, Label.HOME))
    assert asked != understand(Text(label), (label, Label.HOME))


@over([Label.START, Label.NEXT, Label.CONFIRM], ["{}？", "“{}”？"])
def test_question_mark_does_not_prevent_any_other_choice(label, form):
    assert trigger_of(form.format(label), (label, Label.HOME)) is trigger_of(label, (label, Label.HOME))


@over(["下一步呢", "修改了", "返回首页吗", "不修改"])
def test_question_or_longer_word_is_not_read_as_label(typed):
    assert understand(Text(typed), OFFERED) not in {
        understand(Text(label), OFFERED) for label in (Label.NEXT, Label.EDIT, Label.HOME)
    }


@pytest.mark.parametrize("content", ["0", "3", "99", "-1", "1 2", "123"])
def test_number_that_is_not_offered_is_plain_text(content):
    assert understand(Text(content), OFFERED) == Command(Trigger.ANSWER, utterance=Utterance(content))


@pytest.mark.parametrize("choices", [(), OFFERED, tuple(Label)])
@pytest.mark.parametrize("content", ["养老认证", "养老资格认证"])
def test_main_word_leads_home_from_any_state(content, choices):
    assert trigger_of(content, choices) is Trigger.HOME


@pytest.mark.parametrize(
    ("content", "scheme"),
    [
        ("企业职工认证", Scheme.EMPLOYEE),
        ("企业职工领取养老保险待遇资格认证", Scheme.EMPLOYEE),
        ("CERTIFY_EMPLOYEE", Scheme.EMPLOYEE),
        ("城乡居民认证", Scheme.RESIDENT),
        ("城乡居民基本养老保险待遇领取资格认证", Scheme.RESIDENT),
        ("城乡居民基本养老保险生存认证信息查询", Scheme.RESIDENT),
    ],
)
def test_words_of_a_scheme_choose_it(content, scheme):
    assert understand(Text(content), ()) == Command(Trigger.CHOOSE, Errand(scheme))


def test_query_words_of_residents_select_an_offered_query():
    offered = (Label.START, Label.QUERY)
    assert trigger_of("城乡居民基本养老保险生存认证信息查询", offered) is Trigger.QUERY


def test_search_confirms_the_read_back_and_otherwise_starts_a_query():
    assert trigger_of("查询", (Label.SEARCH, Label.EDIT)) is Trigger.NEXT
    assert understand(Text("查询"), ()) == IntentMeant(Reading(intent=Intent.QUERY))


@pytest.mark.parametrize("key", MenuKey)
def test_every_menu_key_is_understood_as_click_and_as_text(key):
    meaning = understand(Click(key), OFFERED)
    assert not isinstance(meaning, Misunderstood)
    assert understand(Text(key), OFFERED) == meaning


def test_unknown_menu_key_or_picture_is_not_understood():
    assert understand(Click("ADVERT"), OFFERED) == Misunderstood()
    assert understand(Media(MediaKind.IMAGE), OFFERED) == Misunderstood()


@pytest.mark.parametrize("event", [Scanned, Subscribed])
def test_qr_code_chooses_scheme_and_city(event):
    assert understand(event("resident"), ()) == Command(Trigger.CHOOSE, Errand(Scheme.RESIDENT))
    assert understand(event("employee:440100"), ()) == Command(
        Trigger.CHOOSE, Errand(Scheme.EMPLOYEE), "440100"
    )


@pytest.mark.parametrize("scene", ["", "employee:44", "employee:440100x", "shop", "employee:"])
def test_unknown_or_missing_scene_leads_home(scene):
    assert understand(Subscribed(scene), ()) == Command(Trigger.HOME)
