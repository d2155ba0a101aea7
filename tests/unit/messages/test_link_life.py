"""Every sentence about how long a link is valid states the time set in `dialogs.rules.link_life`."""

from datetime import timedelta

import pytest

from bot.settings.faq_file import SHIPPED_FAQ
from dialogs.rules.link_life import HANDED_OVER_LIFE, TICKET_LIFE
from messages.catalogue.lookup import legal_text_of, phrase_of, text_of
from messages.language.codes import Language
from messages.language.keys import Key

WORDS = {
    timedelta(minutes=10): ("10 分钟", "十分钟", "10 minutes", "ten minutes"),
    timedelta(minutes=30): ("30 分钟", "半小时", "30 minutes", "half an hour"),
}
"""To change a lifetime, add its row here, then change every sentence below."""

SENTENCES = [
    (TICKET_LIFE, lambda language: text_of(Key.LINK, language)),
    (TICKET_LIFE, lambda language: repr(legal_text_of("agreement", language))),
    (HANDED_OVER_LIFE, lambda language: text_of(Key.LINK_FOR_FAMILY, language)),
    *(
        (HANDED_OVER_LIFE, lambda language, place=place: phrase_of(*place, language))
        for place in (
            ("console_link", "text"),
            ("console_flashes", "link_sent"),
            ("console_person", "send_link_says"),
        )
    ),
]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("life", "sentence"), SENTENCES)
def test_sentence_about_link_states_its_lifetime(life, sentence, language):
    assert any(words in sentence(language) for words in WORDS[life])


@pytest.mark.parametrize("question", ["链接过期打不开怎么办", "The link has expired"])
def test_faq_answer_about_expired_link_states_its_lifetime(question):
    [answer] = [entry.answer for entry in SHIPPED_FAQ.entries if entry.question == question]
    assert any(words in answer for words in WORDS[TICKET_LIFE])
