"""A Chinese chat is Chinese: no English word, no code and no program's word, whatever is said where."""

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
from tests.support.dialog.states import standing
from tests.support.tables import over

ALLOWED = {"X", "gz", "English", "WiFi"}
"""The last place of a number, a city by its initials, the other language, and what everybody calls so."""

APPS = {"中国领事"}
"""Called APP by its makers, and found under no other name."""

_TAGS = re.compile(r"<[^>]*>|\{[^}]*\}")
_LATIN = re.compile(r"[A-Za-z_]+")
_PROGRAMS_WORDS = re.compile(
    "系统错误|异常代码|参数|接口|数据库|服务器|会话|状态码|字段|空值|请求|响应|令牌|缓存"
)


def foreign(text: str) -> set[str]:
    """Give the Latin and the program's words of a message as it is shown."""
    shown = _TAGS.sub("", text)
    for app in APPS:
        shown = shown.replace(f"“{app}”APP", app)
    return (set(_LATIN.findall(shown)) - ALLOWED) | set(_PROGRAMS_WORDS.findall(shown))


@over(Key)
def test_no_text_has_a_foreign_or_a_program_s_word(key):
    assert foreign(TEXTS[key]) == set()


@over([entry for entry in SHIPPED if entry.language is Language.CHINESE])
def test_no_answer_has_one(entry):
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
"""A sentence of every intent, every choice, answers of every kind, and what is no text."""


@over(State)
def test_nothing_said_in_any_place_is_answered_with_one(state):
    session = standing(state)
    for event in SAID:
        taken = step(session, event, NOW, FAQ)
        if taken.session.language is not Language.CHINESE:
            continue  # "English" was said
        for said in (effect for effect in taken.effects if isinstance(effect, Say)):
            own = event.content if isinstance(event, Text) else ""  # what is said back is the person's own
            assert foreign(render(said, CONTEXT)) <= foreign(own), (own, event)


@over(State)
def test_no_choice_has_one(state):
    assert foreign("".join(choices(standing(state)))) == set()
