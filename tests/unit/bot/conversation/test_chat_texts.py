"""Prompts are rendered once: no language, office, link or name of one person reaches another."""

import gc
from string import Formatter

import pytest

from bot.capture.languages import in_language
from bot.conversation.effects.chat_texts import ChatTexts
from dialogs.rules.places.offices import SHIPPED
from messages.catalogue.lookup import text_of
from messages.catalogue.phrases import OfficeIn
from messages.language.codes import Language
from messages.language.keys import Key
from messages.language.labels import Label
from messages.outbound import RenderContext, Say, render, split

OFFICES = SHIPPED.spoken()
GUANGZHOU, SHENZHEN, NOWHERE = "440100", "440300", "999999"


@pytest.fixture
def texts():
    return ChatTexts("https://x", OFFICES)


def _prompts():
    """Yield every sentence that names no person, in several cities, with and without choices."""
    for key in Key:
        named = {name for _, name, _, _ in Formatter().parse(text_of(key, Language.CHINESE)) if name}
        if named <= {"office", "base", "agreement", "privacy"}:
            for city in ("", GUANGZHOU, SHENZHEN, NOWHERE):
                yield Say(key, {"office": OfficeIn(city)})
                yield Say(key, {"office": OfficeIn(city)}, (Label.SELF, Label.AGENT))


@pytest.mark.parametrize("language", Language)
def test_cached_prompt_equals_a_fresh_rendering(texts, language):
    legal_texts = {name: in_language(f"https://x/h5/{name}", language) for name in ("agreement", "privacy")}
    context = RenderContext({"base": "https://x", **legal_texts}, language, OFFICES)
    fresh = [tuple(split(render(say, context))) for say in _prompts()]
    assert [texts.of(say, language) for say in _prompts()] == fresh
    assert [texts.of(say, language) for say in _prompts()] == fresh


def test_links_of_two_people_are_not_mixed_up(texts):
    say = Say(Key.LINK, {"office": OfficeIn(""), "name": "王*兰"})
    told = ["".join(texts.of(say, Language.CHINESE, link)) for link in ("https://x/1", "https://x/2")]
    assert ["https://x/1" in told[0], "https://x/1" in told[1]] == [True, False]


@pytest.mark.parametrize(
    "say",
    [
        Say(Key.ID_TYPE, {"office": OfficeIn(""), "name": "欧阳桂兰"}),
        Say(Key.RELATIVE, {"office": OfficeIn("")}, ("欧阳桂兰", Label.HOME)),
        Say(Key.MANNER, {"office": OfficeIn("欧阳桂兰")}),
    ],
)
def test_text_that_names_a_person_is_not_cached(texts, say):
    texts.of(say, Language.CHINESE)
    assert "欧阳桂兰" not in repr(gc.get_referents(texts._kept))
