"""Messages are rendered as text that the platform accepts."""

import re
from collections import defaultdict
from string import Formatter
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.rules.places.offices import SHIPPED
from messages import outbound
from messages.catalogue.lookup import text_of
from messages.catalogue.phrases import OfficeIn
from messages.language.codes import Language
from messages.language.keys import Key
from messages.language.labels import Label
from messages.outbound import LIMIT, RenderContext, Say, render, split
from messages.scenes import EntryScene, parse_scene
from tests.support.tables import over

_LINK = re.compile(
    r'([0-9]+) <a href="weixin://bizmsgmenu\?msgmenucontent=([^&"]+)&msgmenuid=([0-9]+)">(.+)</a>'
)


def test_choices_are_numbered_links_at_the_end():
    text = render(Say(Key.MANNER, {}, (Label.SELF, Label.AGENT)), RenderContext({}))
    link = '<a href="weixin://bizmsgmenu?msgmenucontent={}&msgmenuid={}">{}</a>'
    myself, other = "%E6%9C%AC%E4%BA%BA%E5%8A%9E%E7%90%86", "%E4%B8%BA%E4%BB%96%E4%BA%BA%E5%8A%9E%E7%90%86"
    first, second = link.format(myself, 1, "本人办理"), link.format(other, 2, "为他人办理")
    assert text == f"给谁办理？\n1 {first}\n2 {second}"


@over(Label)
def test_tapping_a_choice_sends_its_label(label):
    found = _LINK.search(render(Say(Key.MANNER, {}, (label,)), RenderContext({})))
    assert (found[1], unquote(found[2]), found[3], found[4]) == ("1", label, "1", label)


def test_placeholder_typed_by_user_is_not_filled():
    assert "好的，{capture}。" in render(
        Say(Key.ID_TYPE, {"name": "{capture}"}), RenderContext({"capture": "secret"})
    )


def test_longest_question_fits_one_reply():
    kinds = (
        Label.RESIDENT_ID,
        Label.HK_MACAU_PERMIT,
        Label.TAIWAN_PERMIT,
        Label.HMT_RESIDENCE,
        Label.FOREIGNER_PERMANENT_RESIDENCE,
        Label.PASSPORT,
        Label.BACK,
        Label.HOME,
    )
    text = render(Say(Key.ID_TYPE, {"name": "欧阳桂兰"}, kinds), RenderContext({}))
    assert split(text) == [text]


def test_long_text_is_split_at_sentence_ends():
    sentence = "请到社保经办机构办理。"
    parts = split(sentence * 100)
    assert len(parts) > 1
    assert all(part.endswith("。") and len(part.encode()) <= LIMIT for part in parts)
    assert "".join(parts) == sentence * 100


def test_long_english_text_is_split_at_sentence_ends():
    sentence = "Please go to the pension office, at 12.30 or later. "
    parts = split(sentence * 100)
    assert len(parts) > 1
    assert all(part.endswith("later. ") for part in parts)


def test_sentence_over_the_limit_is_split_between_characters():
    parts = split("🙂" * 1000)
    assert all(set(part) == {"🙂"} and len(part.encode()) <= LIMIT for part in parts)
    assert "".join(parts) == "🙂" * 1000


@given(st.text(max_size=300), st.integers(8, 60))
def test_split_loses_only_line_breaks_and_keeps_parts_within_limit(text, limit):
    parts = split(text, limit)
    assert "".join(parts).replace("\n", "") == text.replace("\n", "")
    assert all(len(part.encode()) <= limit for part in parts)


@pytest.mark.parametrize(
    ("text", "scene"),
    [
        ("employee", EntryScene("employee")),
        ("resident:440300", EntryScene("resident", "440300")),
        ("civil", EntryScene("civil")),
        ("Employee", None),
        ("", None),
        ("employee:", None),
        ("employee:4403001", None),
        ("employee:440300\n", None),
        ("employee:４４０３００", None),
    ],
)
def test_entry_scene_is_parsed_and_malformed_one_is_none(text, scene):
    assert parse_scene(text) == scene


@over(Key, Language, ["", "440100"])
def test_hotline_appears_once_per_sentence_and_with_every_office(key, language, city):
    context = RenderContext(defaultdict(lambda: "x"), language, SHIPPED.spoken())
    fields = {name for _, name, _, _ in Formatter().parse(text_of(key, language)) if name}
    told = render(Say(key, dict.fromkeys(fields, "x") | {"office": OfficeIn(city)}), context)
    assert all(sentence.count("12333") <= 1 for sentence in re.split(r"[。\n]|\. ", told))
    assert "office" not in fields or "12333" in told


def test_choice_naming_a_person_is_not_cached():
    kept = outbound._choice_of_catalogue.cache_info()
    said = Say(Key.RELATIVE, {}, ("陈*英",))
    assert render(said, RenderContext({})).endswith(">陈*英</a>")
    assert outbound._choice_of_catalogue.cache_info() == kept
