"""A language is one folder: a third one is found, and what it lacks is the default language's."""

import pytest

from messages.language.codes import DEFAULT, Language
from tests.support.programs.copied_rooms import copied, used

CODE = "qaa"
"""Of the codes for private use (ISO 639): no language will ever have it."""

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
from bot.h5.document_routes import document_app
from bot.h5.pages import Page
from dialogs.session import Session
from messages.catalogue.lookup import document_of, label_of
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
assert document_of("privacy", added) == document_of("privacy", DEFAULT)
page = Page("message.html", CLOSED).text(added, {"message": "-"})
assert "Contrôle du visage" in page and CLOSED["more"].spoken(DEFAULT) in page
assert ">中文<" in page and ">English<" in page and ">Qaa<" not in page
assert decode(encode(Session(language=added))).language is added
print(len(Language))
"""


def test_a_third_language_is_one_folder(tmp_path):
    copied(tmp_path, ("bot", "dialogs", "messages", "storage"))
    (tmp_path / "messages" / CODE).mkdir()
    (tmp_path / "messages" / CODE / "__init__.py").write_text(ADDED)
    assert used(tmp_path, USED) == (f"{len(Language) + 1}\n", "")


def test_a_folder_without_its_pack_is_named(tmp_path):
    copied(tmp_path, ("messages",))
    (tmp_path / "messages" / CODE).mkdir()
    (tmp_path / "messages" / CODE / "__init__.py").write_text("")
    _, errors = used(tmp_path, "import messages.catalogue.lookup")
    assert errors.splitlines()[-1] == f"TypeError: messages/{CODE} has no LANGUAGE"


@pytest.mark.parametrize("stored", [CODE, "", "ZH", "english"])
def test_an_unknown_code_reads_as_the_default(stored):
    assert Language(stored) is DEFAULT


def test_names_of_languages_are_codes_of_folders():
    assert [one.value for one in Language][:2] == ["zh", "en"]
    assert Language("en") is Language.ENGLISH
