"""Meanings of a message: numbers, labels, menu keys, main words, QR scenes."""

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
from tests.support.dialog.states import standing
from tests.support.tables import over

OFFERED = (Label.NEXT, Label.EDIT)


def trigger_of(content, choices=OFFERED):
    return understand(Text(content), choices).trigger


@pytest.mark.parametrize("content", ["2", "２", " 2 ", "2。", "02", "修改", "修改。", "　修改 "])
def test_number_and_label_mean_the_choice(content):
    assert trigger_of(content) is Trigger.EDIT


@over(
    ["“{}”", "“{}”。", "「{}」", '"{}"', "{}吧", "{}啊", "“{}”吧。", "{spaced}"],
    [Label.NEXT, Label.EDIT, Label.BACK, Label.HOME, Label.CONFIRM_ERASURE, Label.AGREE],
)
def test_a_label_in_quotation_marks_with_a_particle_or_blanks_is_the_label(form, label):
    typed = form.format(label, spaced=" ".join(label))
    assert understand(Text(typed), OFFERED) == understand(Text(label), OFFERED)


@over(["“上一步”", "“返回首页”", "返回首页吧", "上 一 步"])
def test_a_label_in_marks_is_no_name(typed):
    assert talk(standing(State.NAME), typed).session.state is not State.ID_TYPE


@over(
    [Label.AGREE, Label.REPORT, Label.CONFIRM_WITHDRAWAL, Label.CONFIRM_ERASURE],
    ["{}？", "“{}”？", "{}吧？", "“{}?”", "确定？", "同意吗", "{}吗", "{}呢？", "不{}", "{}是什么"],
)
def test_nothing_final_is_done_by_a_question(label, form):
    asked = understand(Text(form.format(label)), (label, Label.HOME))
    assert asked != understand(Text(label), (label, Label.HOME))


@over([Label.START, Label.NEXT, Label.CONFIRM], ["{}？", "“{}”？"])
def test_a_doubtful_mark_hinders_no_other_choice(label, form):
    assert trigger_of(form.format(label), (label, Label.HOME)) is trigger_of(label, (label, Label.HOME))


@over(["下一步呢", "修改了", "返回首页吗", "不修改"])
def test_a_question_and_another_word_are_no_label(typed):
    assert understand(Text(typed), OFFERED) not in {
        understand(Text(label), OFFERED) for label in (Label.NEXT, Label.EDIT, Label.HOME)
    }


@pytest.mark.parametrize("content", ["0", "3", "99", "-1", "1 2", "123"])
def test_a_number_that_is_not_offered_is_only_words(content):
    assert understand(Text(content), OFFERED) == Command(Trigger.ANSWER, utterance=Utterance(content))


@pytest.mark.parametrize("choices", [(), OFFERED, tuple(Label)])
@pytest.mark.parametrize("content", ["养老认证", "养老资格认证"])
def test_the_main_word_leads_home_from_anywhere(content, choices):
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
def test_the_schemes_words_choose_it(content, scheme):
    assert understand(Text(content), ()) == Command(Trigger.CHOOSE, Errand(scheme))


def test_the_residents_query_words_are_the_query_where_it_is_offered():
    offered = (Label.START, Label.QUERY)
    assert trigger_of("城乡居民基本养老保险生存认证信息查询", offered) is Trigger.QUERY


def test_search_is_the_read_backs_choice_and_else_a_query_begins():
    assert trigger_of("查询", (Label.SEARCH, Label.EDIT)) is Trigger.NEXT
    assert understand(Text("查询"), ()) == IntentMeant(Reading(intent=Intent.QUERY))


@pytest.mark.parametrize("key", MenuKey)
def test_every_menu_key_means_something_as_click_and_as_words(key):
    meaning = understand(Click(key), OFFERED)
    assert not isinstance(meaning, Misunderstood)
    assert understand(Text(key), OFFERED) == meaning


def test_a_foreign_menu_key_or_a_picture_means_nothing():
    assert understand(Click("ADVERT"), OFFERED) == Misunderstood()
    assert understand(Media(MediaKind.IMAGE), OFFERED) == Misunderstood()


@pytest.mark.parametrize("event", [Scanned, Subscribed])
def test_a_qr_code_chooses_scheme_and_city(event):
    assert understand(event("resident"), ()) == Command(Trigger.CHOOSE, Errand(Scheme.RESIDENT))
    assert understand(event("employee:440100"), ()) == Command(
        Trigger.CHOOSE, Errand(Scheme.EMPLOYEE), "440100"
    )


@pytest.mark.parametrize("scene", ["", "employee:44", "employee:440100x", "shop", "employee:"])
def test_a_foreign_code_or_none_leads_home(scene):
    assert understand(Subscribed(scene), ()) == Command(Trigger.HOME)
