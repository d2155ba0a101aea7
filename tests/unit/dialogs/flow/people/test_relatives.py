"""Relatives to choose from: distinguishable, found by name, and no more than fit one message."""

import re
from datetime import date, timedelta

import pytest

from dialogs.effects import ReadRecords
from dialogs.events import RecordsRead
from dialogs.flow.outcome import choices
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.rules.id_numbers import check_digit
from dialogs.session import CertifiedPerson, State
from dialogs.values import Cycle, Identity, IdType, Scheme, Subject
from messages.language.labels import Label
from messages.outbound import LIMIT
from tests.support.dialog.dialogue import (
    DETAILS_OF_OTHER,
    FOR_OTHER,
    NOW,
    answer_check,
    capture_passed,
    opened_capture,
    reply_text,
    session_of,
    talk,
)
from tests.support.tables import over

SURNAMES, GIVEN = "陈李王张林黄吴刘蔡", ["建国", "桂兰", "志强", "秀英", "大文"]


def person(name, sequence=123, born="19500101"):
    first = f"440103{born}{sequence:03d}"
    return Identity(name, IdType.RESIDENT_ID, first + check_digit(first))


def village(count=45):
    names = [surname + given for given in GIVEN for surname in SURNAMES][:count]
    return [person(name, number) for number, name in enumerate(names, 200)]


def helper(people, scheme=Scheme.EMPLOYEE):
    due = date(2027, 1, 31)
    acted = tuple(
        CertifiedPerson(Subject(scheme, one, "440100"), due + timedelta(days=number), NOW)
        for number, one in enumerate(people)
    )
    return replace(session_of(), people=acted)


def listed(people):
    return talk(helper(people), *FOR_OTHER)


def chosen(taken):
    assert taken.session.state is State.READ_BACK
    return taken.session.errand.subject.identity()


def of_people(taken):
    return [label for label in choices(taken.session) if "*" in label]


def numbered(name, number):
    """Return a person whose number ends like another's; a list does not verify its check digit."""
    return Identity(name, IdType.RESIDENT_ID, number)


ALIKE = {
    "names differ in the middle": (
        numbered("陈大国", "440103195001011238"),
        numbered("陈小国", "440103196001011238"),
    ),
    "names of two": (numbered("陈国", "440103195001011238"), numbered("陈强", "440103196002021238")),
    "one name": (numbered("陈大国", "440103195001011238"), numbered("陈大国", "440103196002021238")),
    "Latin": (
        Identity("JOHN SMITH", IdType.PASSPORT, "E12345678"),
        Identity("JANE SMITH", IdType.PASSPORT, "E12395678"),
    ),
    "three": (
        numbered("陈大国", "440103195001011238"),
        numbered("陈小国", "440103195001011238"),
        numbered("陈大国", "440103195501011238"),
    ),
}


@pytest.mark.parametrize("alike", ALIKE)
def test_relatives_with_like_masks_have_distinct_labels_and_numbers(alike):
    people = ALIKE[alike]
    taken = listed(people)
    labels = of_people(taken)
    assert len(set(labels)) == len(people)
    assert not any(one.name in label or one.number in label for one in people for label in labels)
    for place, one in enumerate(people, 1):
        for words in (str(place), f"第{place}个", labels[place - 1], f"{place} {labels[place - 1]}"):
            assert chosen(talk(taken.session, words)) == one


@pytest.mark.parametrize("alike", ALIKE)
def test_read_back_distinguishes_relatives_with_like_masks(alike):
    people = ALIKE[alike]
    shown = [reply_text(talk(listed(people).session, str(place))) for place, _ in enumerate(people, 1)]
    assert len(set(shown)) == len(people)
    assert not any(one.name in text or one.number in text for one in people for text in shown)


def test_records_distinguish_relatives_with_like_masks():
    session = helper(ALIKE["names differ in the middle"])
    asked = talk(session, "什么时候到期")
    (read,) = [effect for effect in asked.effects if isinstance(effect, ReadRecords)]
    cycles = tuple(Cycle(subject, None, date(2027, 11, 30)) for subject in read.subjects)
    masks = re.findall(
        "(?m)^(.+?)，企业", reply_text(step(asked.session, RecordsRead(read.topic, cycles), NOW))
    )
    assert len(set(masks)) == 2


def test_person_in_two_schemes_is_offered_once_for_a_death_report():
    one = person("陈大国")
    session = helper([one])
    twice = replace(session, people=(*session.people, *helper([one], Scheme.RESIDENT).people))
    assert len(of_people(talk(twice, "我妈去世了"))) == 1


def test_long_list_is_paged_and_every_page_fits_one_message():
    taken = listed(village())
    assert "一共 45 位" in reply_text(taken)
    seen = []
    while not set(of_people(taken)) <= set(seen):
        assert len(reply_text(taken).encode()) < LIMIT
        seen += of_people(taken)
        taken = talk(taken.session, "换一页")
    assert len(set(seen)) == 45
    assert of_people(taken) == of_people(listed(village()))


def test_each_page_is_numbered_from_one():
    taken = talk(listed(village()).session, "换一页")
    assert chosen(talk(taken.session, "1")) == village()[6]


def turns_the_page(words):
    """Whether these words, at the first page of a long list, show the second one."""
    taken = talk(listed(village()).session, words)
    return taken.session.state is State.RELATIVE and chosen(talk(taken.session, "1")) == village()[6]


@over(
    [
        "下一页",
        "下页",
        "翻页",
        "翻一页",
        "下一页啊",
        "往后翻",
        "后面还有吗",
        "还有吗",
        "还有呢",
        "更多",
        "next page",
    ]
)
def test_words_for_the_next_page_are_no_name(words):
    assert turns_the_page(words)


@over(["尾号{}", "尾号是{}", "后四位{}", "证件号后四位是{}", "身份证尾号{}的", "末四位 {}"])
def test_last_digits_shown_in_the_list_choose_from_a_short_one_too(words):
    people = village()[:3]
    assert chosen(talk(listed(people).session, words.format(people[1].number[-4:]))) == people[1]


def test_full_name_or_number_finds_the_person():
    meant = next(one for one in village() if one.name == "李桂兰")
    for words in (meant.name, f"找{meant.name}", meant.number, meant.number[-4:]):
        assert chosen(talk(listed(village()).session, words)) == meant


@pytest.mark.parametrize(("words", "count"), [("姓陈", 5), ("陈", 5), ("桂兰", 9), ("找桂兰", 9)])
def test_part_of_a_name_narrows_the_list(words, count):
    taken = talk(listed(village()).session, words)
    assert f"找到 {count} 位" in reply_text(taken)
    assert taken.session.state is State.RELATIVE
    assert Label.SOMEBODY_ELSE in choices(taken.session)
    first = talk(taken.session, "1")
    assert words.strip("姓找") in chosen(first).name


def test_search_is_reset_by_the_next_errand():
    taken = talk(listed(village()).session, "姓陈", "返回首页", *FOR_OTHER)
    assert "一共 45 位" in reply_text(taken)


def test_new_person_can_be_named_at_a_long_list():
    taken = talk(listed(village()).session, "欧阳青山")
    assert (taken.session.state, taken.session.errand.subject.name) == (State.ID_TYPE, "欧阳青山")
    assert "没有找到" in reply_text(talk(listed(village()).session, "999"))


def test_helper_of_many_is_told_the_soonest_due_and_the_rest_counted():
    people = village()
    ready = answer_check(talk(helper(people), *FOR_OTHER, *DETAILS_OF_OTHER, "下一步"))
    taken = talk(ready.session, "确定")
    done = step(taken.session, capture_passed(opened_capture(taken)), NOW)
    assert len(done.session.people) == 46
    assert len(reply_text(done).encode()) < LIMIT
    assert "还有 38 位" in reply_text(done)
    asked = talk(done.session, "什么时候到期")
    (read,) = [effect for effect in asked.effects if isinstance(effect, ReadRecords)]
    cycles = tuple(
        Cycle(one, None, date(2028, 1, 1) - timedelta(days=number))
        for number, one in enumerate(read.subjects)
    )
    told = reply_text(step(asked.session, RecordsRead(read.topic, cycles), NOW))
    assert "2027年11月17日" in told
    assert "2028年1月1日" not in told
    assert "还有 38 位" in told


@over(["{}吧", "选{}", "是{}", "给{}办", "我妈{}", "就{}呢", "要{}的", "帮{}办吧"])
def test_whole_name_with_words_around_it_chooses_the_relative(words):
    first, second = village(2)
    assert chosen(talk(listed([first, second]).session, words.format(second.name))) == second


@over(["不是{}", "{}死了吗", "{}华", "不选{}", "{}和李秀英"])
def test_other_words_around_a_name_choose_nobody(words):
    first, second = village(2)
    taken = talk(listed([first, second]).session, words.format(second.name))
    assert taken.session.errand.subject.number == ""


@over([("最后一个", 1), ("选第一个吧", 0), ("第一个呢", 0)])
def test_relative_is_chosen_by_position_and_last_means_a_relative(words, place):
    people = village(2)
    assert chosen(talk(listed(people).session, words)) == people[place]


@over(["上面那个", "下面那个", "老大", "第九个", "第二位老人"])
def test_unclear_position_is_no_name(words):
    assert talk(listed(village(3)).session, words).session.state is State.RELATIVE
