"""Each text that says which pensions are certified here names every scheme, and no other."""

import pytest

from messages.catalogue.lookup import document_of
from messages.catalogue.phrases import SCHEME_NAMES
from messages.faq import SHIPPED
from messages.language.codes import Language

_SHARED = "养老保险"
"""The end of each Chinese name, which a list of them says once."""

QUESTIONS = {
    Language.CHINESE: "机关事业单位退休的在这里认证吗",
    Language.ENGLISH: "I am a retired civil servant",
}


def _answer(language):
    (answer,) = [entry.answer for entry in SHIPPED if entry.question == QUESTIONS[language]]
    return answer


def _agreement(language):
    return repr(document_of("agreement", language))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("text", [_answer, _agreement])
def test_a_text_that_lists_the_pensions_names_every_scheme(text, language):
    names = [name.spoken(language).removesuffix(_SHARED) for name in SCHEME_NAMES.values()]
    assert [name for name in names if name not in text(language)] == []
