"""A language is one folder: a third one is found, and missing texts fall back to the default language."""

import pytest

from messages.language.codes import DEFAULT, Language
from tests.support.programs.copied_code import copy_packages, run_on_copy

CODE = "qaa"
"""A code reserved for private use (ISO 639): no language will ever have it."""

ADDED = """
from messages.language.keys import Key
from messages.language.pack import LanguagePack
LANGUAGE = LanguagePack(
    name="Qaa",
    texts={Key.THANKS: "Je vous en prie."},
    labels={"帮助": "Aide"},
    phrases={"closed": {"title": "Contrôle du visage"}},
)
"""
USED = """
from datetime import date
from bot.h5.legal_text_routes import legal_text_app
from bot.h5.pages import Page
from dialogs.session import Session
from messages.catalogue.lookup import legal_text_of, label_of
from messages.catalogue.formats import day
from messages.language.keys import Key
from messages.language.codes import DEFAULT, Language
from messages.outbound import Say, RenderContext, render
from messages.catalogue.phrases import CLOSED
from storage.messaging.session_codec import decode, encode

added = Language("qaa")
context, default = RenderContext({}, added), RenderContext({})
assert render(Say(Key.THANKS, {}, ("帮助", "返回首页")), context).startswith("Je vous en prie.")
assert ">Aide<" in render(Say(Key.THANKS, {}, ("帮助",)), context) and label_of("aide") == "帮助"
manner = Say(Key.MANNER, {}, ("返回首页",))
assert render(manner, context) == render(manner, default)
assert CLOSED["title"].spoken(added) == "Contrôle du visage"
assert CLOSED["more"].spoken(added) == CLOSED["more"].spoken(DEFAULT)
assert day(date(2027, 11, 30), added) == day(date(2027, 11, 30))
assert legal_text_of("privacy", added) == legal_text_of("privacy", DEFAULT)
page = Page("message.html", CLOSED).text(added, {"message": "-"})
assert "Contrôle du visage" in page and CLOSED["more"].spoken(DEFAULT) in page
assert ">中文<" in page and ">English<" in page and ">Qaa<" not in page
assert decode(encode(Session(language=added))).language is added
print(len(Language))
"""


def test_adding_a_folder_adds_a_language(tmp_path):
    copy_packages(tmp_path, ("bot", "dialogs", "messages", "storage"))
    (tmp_path / "messages" / CODE).mkdir()
    (tmp_path / "messages" / CODE / "__init__.py").write_text(ADDED)
    assert run_on_copy(tmp_path, USED) == (f"{len(Language) + 1}\n", "")


def test_error_names_the_folder_without_language_pack(tmp_path):
    copy_packages(tmp_path, ("messages",))
    (tmp_path / "messages" / CODE).mkdir()
    (tmp_path / "messages" / CODE / "__init__.py").write_text("")
    _, errors = run_on_copy(tmp_path, "import messages.catalogue.lookup")
    assert errors.splitlines()[-1] == f"TypeError: messages/{CODE} has no LANGUAGE"


@pytest.mark.parametrize("stored", [CODE, "", "ZH", "english"])
def test_unknown_code_falls_back_to_default_language(stored):
    assert Language(stored) is DEFAULT


def test_language_values_are_folder_names():
    assert [one.value for one in Language][:2] == ["zh", "en"]
    assert Language("en") is Language.ENGLISH
