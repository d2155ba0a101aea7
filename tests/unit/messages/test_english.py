"""English says the same as Chinese: every sentence, every place to fill, every choice."""

import re
from collections.abc import Mapping
from string import Formatter
from urllib.parse import unquote

import pytest

from dialogs.flow.outcome import choices
from dialogs.flow.step import Step
from dialogs.immutable_record import replace
from dialogs.rules.places.cities import CITIES
from dialogs.session import Session, State
from messages.catalogue.phrases import ID_TYPE_NAMES, RELATION_NAMES, SCHEME_NAMES
from messages.en.chat import TEXTS as ENGLISH_TEXTS
from messages.en.labels import LABELS as ENGLISH_LABELS
from messages.faq import SHIPPED
from messages.language.codes import Language
from messages.language.keys import Key
from messages.language.labels import Label
from messages.outbound import LIMIT, RenderContext, Say, render
from messages.zh.chat import TEXTS
from tests.support.dialog.dialogue import CONTEXT, LINKS, NAME, NUMBER, checked, talk
from tests.support.tables import over

ENGLISH = RenderContext({**LINKS, "capture": "https://h/" + "c" * 100}, Language.ENGLISH, CONTEXT.offices)
CHINESE_SIGNS = re.compile('(?!(?<=")中文"|(?<=中)文")[\u2e80-\u9fff\uff00-\uffef]')
"""All but the word by which a Chinese reader finds the way back."""
LONG_NAME = "欧阳*********"
LINE = f"{LONG_NAME}, employee pension: the check was due by 30 Nov 2027. Days since then: 100. Please do it."
LONG: Mapping[str, str] = {
    "name": LONG_NAME,
    "id_type": max((word.spoken(Language.ENGLISH) for word in ID_TYPE_NAMES.values()), key=len),
    "number": "4401**********0120",
    "scheme": "employee pension",
    "relation": max((word.spoken(Language.ENGLISH) for word in RELATION_NAMES.values()), key=len),
    "office": "the pension office of Zhongshan (1 Some Rather Long Road, East District, phone 0760-12333)",
    "time": "23 Nov 2026 16:20",
    "due": "30 Nov 2027",
    "receipt": "8F3K-27QX",
    "channel": "another channel",
    "family": f"\nYour family:\n{LINE}\n{LINE}",
    "lines": f"{LINE}\n{LINE}",
    "words": "W" * 41,
    "answer": f"{LINE}\n{LINE}",
    "next": LINE,
    "agent": "C*** G**",
    "agent_number": "4401**********0120",
    "what": "name and ID number",
    "day": "23 Nov 2026",
    "when": "23 Nov 2026 08:30",
    "sentence": LINE,
    "city": "Zhongshan",
    "days": "1000",
    "most": "30",
    "count": "100",
    "before": max((entry.answer for entry in SHIPPED), key=len),
    "after": "",
    "question": LINE,
    "year": "this year ",
    "source": "the pension office",
    "kept": "I will keep the name (Christopher Alexander Montgomery) and ID number for later; "
    "you do not need to type it again.",
}
"""Values as long as they come."""

EXAMPLES = {"Check passed", "中文", "Guangzhou", "gz", "When is it due", "Change city"}
"""What is quoted and is no choice, or not only one."""


def spaces(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def links(text: str) -> list[str]:
    return re.findall('<a href="([^"]*)">[^<]+</a>', text)


def quoted(text: str) -> set[str]:
    return set(re.findall('"([^"]+)"', re.sub("<[^>]+>", "", text)))


def filled(key: Key, offered: tuple[str, ...]) -> str:
    values = {name: LONG[name] for name in spaces(TEXTS[key]) - set(ENGLISH.links)}
    return render(Say(key, values, offered), ENGLISH)


def shown(taken: Step) -> str:
    """Return the step's one message as an English listener sees it; fails where Chinese is spoken."""
    assert taken.session.language is Language.ENGLISH
    (text,) = [render(effect, ENGLISH) for effect in taken.effects if isinstance(effect, Say)]
    return text


def tapped(text: str) -> list[str]:
    return [unquote(sent) for sent in re.findall("msgmenucontent=([^&]+)&", text)]


# ---- the tables


def test_every_sentence_is_there_and_no_other():
    assert set(ENGLISH_TEXTS) == set(Key)
    assert all(text.strip() for text in ENGLISH_TEXTS.values())


@over(Key)
def test_the_same_places_are_filled(key):
    assert spaces(ENGLISH_TEXTS[key]) == spaces(TEXTS[key])


@over(Key)
def test_the_same_links_are_shown(key):
    assert links(ENGLISH_TEXTS[key]) == links(TEXTS[key])
    assert ENGLISH_TEXTS[key].count("<") == TEXTS[key].count("<")


def test_both_legal_texts_have_their_names():
    assert '<a href="{agreement}">User Service Agreement</a>' in ENGLISH_TEXTS[Key.AGREEMENT]
    assert '<a href="{privacy}">Privacy Policy</a>' in ENGLISH_TEXTS[Key.AGREEMENT]


def test_every_choice_has_an_english_name_of_its_own():
    assert set(ENGLISH_LABELS) == {label.value for label in Label} | set(CITIES.values())
    assert len({english.casefold() for english in ENGLISH_LABELS.values()}) == len(ENGLISH_LABELS)


@over(ENGLISH_LABELS.values())
def test_a_choice_is_short_and_survives_the_reading_of_a_message(english):
    assert len(english) <= 45
    assert english == english.strip().rstrip(".!?, ")
    assert not english.isdigit()


@pytest.mark.parametrize("name", [*SCHEME_NAMES.values(), *ID_TYPE_NAMES.values()])
def test_a_choice_is_called_as_it_is_called_in_sentences(name):
    assert (
        ENGLISH_LABELS[name.spoken(Language.CHINESE)].casefold() == name.spoken(Language.ENGLISH).casefold()
    )


@over([*ENGLISH_TEXTS.values(), *ENGLISH_LABELS.values()])
def test_no_chinese_is_left(text):
    assert not CHINESE_SIGNS.search(text)


@over(Key)
def test_nothing_is_shouted_least_of_all_bad_news(key):
    assert "!" not in ENGLISH_TEXTS[key]


@over(Key)
def test_what_a_person_is_told_to_reply_is_the_choice_itself(key):
    told = {ENGLISH_LABELS[word] for word in re.findall("“([^”]+)”", TEXTS[key]) if word in ENGLISH_LABELS}
    assert told <= quoted(ENGLISH_TEXTS[key]) <= set(ENGLISH_LABELS.values()) | EXAMPLES


@pytest.mark.parametrize("key", [Key.GUIDE, Key.NOTICE, Key.NOTICE_FOR_OTHER, Key.FAILED_MISMATCH])
def test_another_way_than_the_face_is_shown_before_and_after(key):
    assert "12333" in ENGLISH_TEXTS[key]
    assert "home visit" in ENGLISH_TEXTS[key]


@over(State)
def test_every_text_fits_one_reply_with_all_choices_of_any_place(state):
    offered = choices(replace(Session(), state=state))
    assert max(len(filled(key, offered).encode()) for key in Key) < LIMIT


# ---- talking


def spoken(*words: str) -> Step:
    return talk(Session(), "English", *words)


def test_english_is_spoken_from_the_word_on():
    text = shown(spoken())
    assert text.startswith("Hello. This is the yearly pension check.")
    assert tapped(text)[:2] == ["Employee pension", "Resident pension"]
    assert not CHINESE_SIGNS.search(text)


@pytest.mark.parametrize("pension", ["Employee pension", "employee pension", " RESIDENT PENSION. ", "1"])
def test_an_english_choice_moves_on_however_it_is_written(pension):
    taken = spoken(pension)
    assert taken.session.state is State.AGREEMENT
    assert tapped(shown(taken)) == ["Agree and start", "Home"]


def test_a_whole_errand_by_tapping():
    taken = spoken("Employee pension", "Agree and start", "Start", "For myself", NAME)
    assert NAME in shown(taken)
    taken = talk(taken.session, "Resident Identity Card", NUMBER)
    assert tapped(shown(taken)) == ["Next", "Change"]
    taken = checked(talk(taken.session, "Next"))
    assert tapped(shown(taken)) == ["Ready", "Home"]
    assert '<a href="https://h/c' in shown(talk(taken.session, "Ready"))


@pytest.mark.parametrize("document", ID_TYPE_NAMES.values())
def test_every_document_can_be_tapped(document):
    taken = spoken("Employee pension", "Agree and start", "Start", "For myself", NAME)
    taken = talk(taken.session, document.spoken(Language.ENGLISH))
    assert taken.session.state is State.NUMBER
    assert document.spoken(Language.ENGLISH) in shown(taken)


@over(CITIES)
def test_every_city_can_be_tapped(code):
    taken = spoken("换城市", "More cities", ENGLISH_LABELS[CITIES[code]])
    assert taken.session.city == code
    assert f"your city is {ENGLISH_LABELS[CITIES[code]]}." in shown(taken)


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ("Talk to a person", Key.HUMAN),
        ("Help", Key.HELP),
        ("I cannot do this", Key.CANNOT),
        ("Remind me", Key.SUBSCRIBE_LATER),
        ("Stop reminders", Key.UNSUBSCRIBED),
        ("Remove my helpers", Key.AGENCY_UNKNOWN),
        ("Withdraw face consent", Key.WITHDRAWAL_UNKNOWN),
        ("When is it due", Key.NOBODY_YET),
        ("Change city", Key.CITY),
    ],
)
def test_what_a_person_is_told_to_reply_works_anywhere(reply, answer):
    for place in ((), ("Employee pension",), ("Employee pension", "Agree and start", "Start", "For myself")):
        taken = spoken(*place, reply)
        assert [effect.key for effect in taken.effects if isinstance(effect, Say)] == [answer]
        assert taken.session.language is Language.ENGLISH


def test_an_errand_left_half_finished_is_continued():
    taken = spoken("Employee pension", "Agree and start", "Start", "For myself", "Home")
    assert tapped(shown(taken))[-1] == "Continue"
    assert talk(taken.session, "Continue").session.state is State.NAME


@pytest.mark.parametrize("words", ["中文", "Chinese"])
def test_chinese_comes_back(words):
    taken = spoken("Employee pension", words)
    assert taken.session.language is Language.CHINESE
    assert taken.session.state is State.AGREEMENT
    assert tapped("".join(render(effect, CONTEXT) for effect in taken.effects)) == [Label.AGREE, Label.HOME]


def test_chinese_words_are_understood_in_english_too():
    assert spoken(Label.EMPLOYEE).session.state is State.AGREEMENT


@pytest.mark.parametrize("key", [Key.WELCOME, Key.HELP, Key.NOT_UNDERSTOOD])
def test_who_reads_no_english_sees_the_word_that_leads_back(key):
    assert '"中文"' in ENGLISH_TEXTS[key]


def test_a_pass_is_called_by_one_name():
    assert not [key for key, text in ENGLISH_TEXTS.items() if "ou are certified" in text]
