"""The English texts match the Chinese ones: every sentence, every placeholder, every choice."""

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
from tests.support.dialog.dialogue import CONTEXT, LINKS, NAME, NUMBER, answer_check, talk
from tests.support.tables import over

ENGLISH = RenderContext({**LINKS, "capture": "https://h/" + "c" * 100}, Language.ENGLISH, CONTEXT.offices)
CHINESE_SIGNS = re.compile('(?!(?<=")中文"|(?<=中)文")[\u2e80-\u9fff\uff00-\uffef]')
"""All but the word with which a Chinese reader switches back."""
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
"""The longest realistic value of each placeholder."""

EXAMPLES = {"Check passed", "中文", "Guangzhou", "gz", "When is it due", "Change city"}
"""Quoted words that are not choices, or not only choices."""


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def links(text: str) -> list[str]:
    return re.findall('<a href="([^"]*)">[^<]+</a>', text)


def quoted(text: str) -> set[str]:
    return set(re.findall('"([^"]+)"', re.sub("<[^>]+>", "", text)))


def filled(key: Key, offered: tuple[str, ...]) -> str:
    values = {name: LONG[name] for name in placeholders(TEXTS[key]) - set(ENGLISH.links)}
    return render(Say(key, values, offered), ENGLISH)


def shown(taken: Step) -> str:
    """Return the step's only message as an English reader sees it; fail if the session is Chinese."""
    assert taken.session.language is Language.ENGLISH
    (text,) = [render(effect, ENGLISH) for effect in taken.effects if isinstance(effect, Say)]
    return text


def tapped(text: str) -> list[str]:
    return [unquote(sent) for sent in re.findall("msgmenucontent=([^&]+)&", text)]


# ---- the tables


def test_english_texts_have_exactly_the_catalogue_keys():
    assert set(ENGLISH_TEXTS) == set(Key)
    assert all(text.strip() for text in ENGLISH_TEXTS.values())


@over(Key)
def test_placeholders_match_the_chinese_text(key):
    assert placeholders(ENGLISH_TEXTS[key]) == placeholders(TEXTS[key])


@over(Key)
def test_links_match_the_chinese_text(key):
    assert links(ENGLISH_TEXTS[key]) == links(TEXTS[key])
    assert ENGLISH_TEXTS[key].count("<") == TEXTS[key].count("<")


def test_agreement_links_both_legal_texts_by_name():
    assert '<a href="{agreement}">User Service Agreement</a>' in ENGLISH_TEXTS[Key.AGREEMENT]
    assert '<a href="{privacy}">Privacy Policy</a>' in ENGLISH_TEXTS[Key.AGREEMENT]


def test_every_choice_has_unique_english_label():
    assert set(ENGLISH_LABELS) == {label.value for label in Label} | set(CITIES.values())
    assert len({english.casefold() for english in ENGLISH_LABELS.values()}) == len(ENGLISH_LABELS)


@over(ENGLISH_LABELS.values())
def test_label_is_short_and_unchanged_by_message_parsing(english):
    assert len(english) <= 45
    assert english == english.strip().rstrip(".!?, ")
    assert not english.isdigit()


@pytest.mark.parametrize("name", [*SCHEME_NAMES.values(), *ID_TYPE_NAMES.values()])
def test_label_matches_the_name_used_in_sentences(name):
    assert (
        ENGLISH_LABELS[name.spoken(Language.CHINESE)].casefold() == name.spoken(Language.ENGLISH).casefold()
    )


@over([*ENGLISH_TEXTS.values(), *ENGLISH_LABELS.values()])
def test_english_text_has_no_chinese_characters(text):
    assert not CHINESE_SIGNS.search(text)


@over(Key)
def test_english_text_has_no_exclamation_mark(key):
    assert "!" not in ENGLISH_TEXTS[key]


@over(Key)
def test_quoted_reply_is_an_existing_label(key):
    told = {ENGLISH_LABELS[word] for word in re.findall("“([^”]+)”", TEXTS[key]) if word in ENGLISH_LABELS}
    assert told <= quoted(ENGLISH_TEXTS[key]) <= set(ENGLISH_LABELS.values()) | EXAMPLES


@pytest.mark.parametrize("key", [Key.GUIDE, Key.NOTICE, Key.NOTICE_FOR_OTHER, Key.FAILED_MISMATCH])
def test_texts_before_and_after_face_check_offer_alternatives(key):
    assert "12333" in ENGLISH_TEXTS[key]
    assert "home visit" in ENGLISH_TEXTS[key]


@over(State)
def test_every_text_fits_one_reply_with_choices_of_any_state(state):
    offered = choices(replace(Session(), state=state))
    assert max(len(filled(key, offered).encode()) for key in Key) < LIMIT


# ---- talking


def spoken(*words: str) -> Step:
    return talk(Session(), "English", *words)


def test_word_english_switches_the_language():
    text = shown(spoken())
    assert text.startswith("Hello. This is the yearly pension check.")
    assert tapped(text)[:2] == ["Employee pension", "Resident pension"]
    assert not CHINESE_SIGNS.search(text)


@pytest.mark.parametrize("pension", ["Employee pension", "employee pension", " RESIDENT PENSION. ", "1"])
def test_english_choice_is_accepted_in_any_notation(pension):
    taken = spoken(pension)
    assert taken.session.state is State.AGREEMENT
    assert tapped(shown(taken)) == ["Agree and start", "Home"]


def test_errand_reaches_capture_link_by_tapping_choices():
    taken = spoken("Employee pension", "Agree and start", "Start", "For myself", NAME)
    assert NAME in shown(taken)
    taken = talk(taken.session, "Resident Identity Card", NUMBER)
    assert tapped(shown(taken)) == ["Next", "Change"]
    taken = answer_check(talk(taken.session, "Next"))
    assert tapped(shown(taken)) == ["Ready", "Home"]
    assert '<a href="https://h/c' in shown(talk(taken.session, "Ready"))


@pytest.mark.parametrize("document", ID_TYPE_NAMES.values())
def test_every_id_type_can_be_chosen_by_label(document):
    taken = spoken("Employee pension", "Agree and start", "Start", "For myself", NAME)
    taken = talk(taken.session, document.spoken(Language.ENGLISH))
    assert taken.session.state is State.NUMBER
    assert document.spoken(Language.ENGLISH) in shown(taken)


@over(CITIES)
def test_every_city_can_be_chosen_by_label(code):
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
def test_suggested_reply_works_in_any_state(reply, answer):
    for place in ((), ("Employee pension",), ("Employee pension", "Agree and start", "Start", "For myself")):
        taken = spoken(*place, reply)
        assert [effect.key for effect in taken.effects if isinstance(effect, Say)] == [answer]
        assert taken.session.language is Language.ENGLISH


def test_unfinished_errand_can_be_continued():
    taken = spoken("Employee pension", "Agree and start", "Start", "For myself", "Home")
    assert tapped(shown(taken))[-1] == "Continue"
    assert talk(taken.session, "Continue").session.state is State.NAME


@pytest.mark.parametrize("words", ["中文", "Chinese"])
def test_asking_for_chinese_switches_back_and_keeps_the_state(words):
    taken = spoken("Employee pension", words)
    assert taken.session.language is Language.CHINESE
    assert taken.session.state is State.AGREEMENT
    assert tapped("".join(render(effect, CONTEXT) for effect in taken.effects)) == [Label.AGREE, Label.HOME]


def test_chinese_label_is_understood_in_english_session():
    assert spoken(Label.EMPLOYEE).session.state is State.AGREEMENT


@pytest.mark.parametrize("key", [Key.WELCOME, Key.HELP, Key.NOT_UNDERSTOOD])
def test_text_quotes_the_word_that_switches_back_to_chinese(key):
    assert '"中文"' in ENGLISH_TEXTS[key]


def test_pass_is_never_worded_as_being_certified():
    assert not [key for key, text in ENGLISH_TEXTS.items() if "ou are certified" in text]
