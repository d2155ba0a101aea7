"""A Chinese chat shows no English word, code or technical term, whatever is said in whatever state."""

import re

from dialogs.flow.outcome import choices
from dialogs.flow.step import step
from dialogs.session import State
from messages.faq import SHIPPED
from messages.inbound import Event, Media, MediaKind, Sticker, Text
from messages.language.codes import Language
from messages.language.keys import Key
from messages.language.labels import Label
from messages.outbound import Say, render
from messages.zh.chat import TEXTS
from tests.support.dialog.dialogue import CONTEXT, FAQ, NOW
from tests.support.dialog.phrasings import WISHES
from tests.support.dialog.states import session_in
from tests.support.tables import over

ALLOWED = {"X", "gz", "English", "WiFi"}
"""The last digit of an ID number, a city by its initials, the other language, and a name everybody uses."""

APPS = {"中国领事"}
"""Named APP by its publisher, and listed under no other name."""

_TAGS = re.compile(r"<[^>]*>|\{[^}]*\}")
_LATIN = re.compile(r"[A-Za-z_]+")
_TECHNICAL_WORDS = re.compile(
    "系统错误|异常代码|参数|接口|数据库|服务器|会话|状态码|字段|空值|请求|响应|令牌|缓存"
)


def foreign(text: str) -> set[str]:
    """Return the Latin and technical words of a message as it is shown."""
    shown = _TAGS.sub("", text)
    for app in APPS:
        shown = shown.replace(f"“{app}”APP", app)
    return (set(_LATIN.findall(shown)) - ALLOWED) | set(_TECHNICAL_WORDS.findall(shown))


@over(Key)
def test_text_has_no_latin_or_technical_word(key):
    assert foreign(TEXTS[key]) == set()


@over([entry for entry in SHIPPED if entry.language is Language.CHINESE])
def test_faq_answer_has_no_latin_or_technical_word(entry):
    assert foreign(entry.answer) == set()


SAID: tuple[Event, ...] = (
    *(Text(words) for words in {reading.intent: words for words, reading in WISHES}.values()),
    *(Text(label) for label in Label),
    *(
        Text(words)
        for words in ("天王盖地虎", "1", "99", "陈大文", "440103195001010120", "我在国外怎么认证", "？")
    ),
    *(Media(kind) for kind in MediaKind),
    Sticker(),
)
"""A sentence for every intent, every label, answers of every kind, and messages that are not text."""


@over(State)
def test_reply_in_any_state_has_no_latin_or_technical_word(state):
    session = session_in(state)
    for event in SAID:
        taken = step(session, event, NOW, FAQ)
        if taken.session.language is not Language.CHINESE:
            continue  # "English" was said
        for said in (effect for effect in taken.effects if isinstance(effect, Say)):
            own = event.content if isinstance(event, Text) else ""  # the reply may repeat the person's words
            assert foreign(render(said, CONTEXT)) <= foreign(own), (own, event)


@over(State)
def test_choice_has_no_latin_or_technical_word(state):
    assert foreign("".join(choices(session_in(state)))) == set()
