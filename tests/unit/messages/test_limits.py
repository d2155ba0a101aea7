"""Every sentence that states a limit states the one set in the code."""

from datetime import timedelta

import pytest

from bot.console.access import second_factor, session_keeper
from bot.console.access.lockout import FREE_FAILURES
from bot.console.access.passwords import LEAST_LENGTH
from bot.console.loading import routes, runner
from bot.console.person import photo, turned_down
from bot.console.person.case_access import CASE_LOOK_LIFE
from bot.console.today.figures import TREND_DAYS
from bot.conversation.talk_service import LONGEST_ANSWER
from bot.enrolment import photos
from bot.office.case_work import LONGEST_GRANT
from bot.wechat.api import quotas
from dialogs.flow.states.conditions import MOST_REPORTS
from dialogs.rules.failure_limit import FAILURES_BEFORE_HELP, MOST_FAILURES
from face.media import video
from face.media.images import MAX_PIXELS
from messages.catalogue.lookup import phrase_of, text_of
from messages.language.codes import Language
from messages.language.keys import Key
from storage.console import figures
from storage.console.standings import DUE_SOON_DAYS
from storage.messaging.reply_windows import WindowKind
from storage.registry import row
from tests.support.programs.copied_code import ROOT
from tests.support.tables import over

DOCS = ROOT / "docs"
WINDOW = timedelta(hours=48)
WORDS = {
    ("failures", 5): ("失败五次", "five failures"),
    ("messages", 5): ("五条", "five messages"),
    ("reports", 3): ("三次", "Three reports"),
    ("characters", 12): ("十二个字", "twelve characters"),
    ("characters", 500): ("五百字", "500 characters"),
    ("megapixels", 40): ("4000 万像素", "40 megapixels"),
    ("megabytes", 10): ("10 MB",),
    ("code", timedelta(seconds=30)): ("每三十秒", "every thirty seconds"),
    ("video", timedelta(seconds=20)): ("20 秒", "20 seconds"),
    ("stands", timedelta(minutes=10)): ("十分钟", "ten minutes"),
    ("idle", timedelta(minutes=30)): ("半小时", "half an hour"),
    ("signed in", timedelta(hours=10)): ("十小时", "ten hours"),
    ("window", WINDOW): ("四十八小时", "48 hours", "两天", "two days"),
    ("task", timedelta(days=1)): ("一天", "一到", "Less than a day", "One to"),
    ("task", timedelta(days=3)): ("三天", "三到", "three days", "Three to"),
    ("task", timedelta(days=7)): ("七天", "seven days"),
    ("kept", timedelta(days=3)): ("三天", "three days"),
    ("trend", timedelta(days=7)): ("近七天", "seven days"),
    ("shown", timedelta(days=10)): ("近十天", "ten days"),
    ("due soon", timedelta(days=30)): ("三十天内", "thirty days"),
    ("ahead", timedelta(days=400)): ("四百天", "400 days"),
    ("ahead", timedelta(days=732)): ("两年", "two years"),
}
"""How each limit is worded. To change a limit, add its row here, then change every sentence below."""

_AGES = {age.value: bounds for age, bounds in figures._AGES.items()}
SENTENCES = [
    ("failures", MOST_FAILURES, "console_person", "forgive_says"),
    ("idle", session_keeper.IDLE_TIMEOUT, "console_sign_in", "ended_says"),
    ("signed in", session_keeper.SESSION_LIFETIME, "console_sign_in", "ended_says"),
    ("idle", session_keeper.IDLE_TIMEOUT, "console", "session_over"),
    ("signed in", session_keeper.SESSION_LIFETIME, "console", "session_over"),
    ("signed in", session_keeper.SESSION_LIFETIME, "console", "session_day"),
    ("code", timedelta(seconds=second_factor._SECONDS), "console_sign_in", "lost_phone"),
    ("characters", LEAST_LENGTH, "console_sign_in", "weak_password"),
    ("idle", CASE_LOOK_LIFE, "console_refusals", "missing_case"),
    *(
        ("trend", timedelta(days=TREND_DAYS), "console_today", key)
        for key in ("trend_title", "funnel_title", "failures_title", "certified_week", "week")
    ),
    ("trend", timedelta(days=TREND_DAYS), "console_undelivered", "refused"),
    *(("due soon", timedelta(days=DUE_SOON_DAYS), "console_today", key) for key in ("due_in_30", "due_soon")),
    ("task", _AGES["today"][1], "console_ages", "today"),
    *(("task", bound, "console_ages", "days") for bound in _AGES["days"]),
    *(("task", bound, "console_ages", "week") for bound in _AGES["week"]),
    ("task", _AGES["older"][0], "console_ages", "older"),
    ("ahead", LONGEST_GRANT, "console_flashes", "bad_until"),
    ("ahead", row._AHEAD, "registry_faults", "too_far_ahead"),
    ("shown", turned_down.SHOWN_FOR, "console_approvals", "turned_down_says"),
    ("megabytes", photo.MOST_BYTES // 10**6, "console_flashes", "photo_too_large"),
    ("megabytes", photos._MOST_BYTES // 2**20, "registry_faults", "too_large"),
    ("megapixels", MAX_PIXELS // 10**6, "console_flashes", "photo_too_large"),
    ("megapixels", MAX_PIXELS // 10**6, "registry_faults", "too_large"),
    ("kept", runner.KEPT, "console_loading", "history_says"),
    ("kept", runner.KEPT, "console_load_states", "expired"),
    ("stands", routes._ABANDONED_AFTER, "console_loading", "unknown_stands"),
    *(
        ("window", quotas._LIVES[WindowKind.TEXT], *place)
        for place in (
            ("console_talks", "window_open"),
            ("console_talks", "window_closed"),
            ("console_fates", "window_closed"),
            ("console_flashes", "link_closed"),
        )
    ),
    *(
        ("messages", quotas._ALLOWS[WindowKind.TEXT], "console_talks", key)
        for key in ("window_open", "window_full")
    ),
    *(("characters", LONGEST_ANSWER, "console_talks", key) for key in ("words_say", "too_long")),
    *(
        ("video", timedelta(seconds=video.MAX_MILLISECONDS // 1000), *place)
        for place in (
            ("capture", "film_how"),
            ("media", "video_other_kind"),
            ("media", "video_too_large"),
            ("media", "video_too_long"),
        )
    ),
]
"""(what is limited, the limit, the table and key of the sentence that states it)."""


@over(SENTENCES, Language)
def test_sentence_states_the_limit_set_in_code(what, limit, table, key, language):
    assert (what, limit) in WORDS, f"say in WORDS how {limit} is said, and say so in {table}, {key}"
    assert any(words in phrase_of(table, key, language) for words in WORDS[what, limit])


@pytest.mark.parametrize("language", Language)
def test_reply_to_surplus_death_report_states_the_limit(language):
    assert any(words in text_of(Key.REPORTS_HELD, language) for words in WORDS["reports", MOST_REPORTS])


def test_every_worded_limit_is_used_by_a_sentence():
    said = {(what, limit) for what, limit, _, _ in SENTENCES}
    assert set(WORDS) == said | {("reports", MOST_REPORTS)}


DOCUMENTS = [
    (MOST_FAILURES, "faq.md", "After five in a day"),
    (MOST_FAILURES, "faq.zh.md", "一天失败五次"),
    (FAILURES_BEFORE_HELP, "faq.md", "After three failures the chat names other ways"),
    (FAILURES_BEFORE_HELP, "faq.zh.md", "失败三次，聊天里会告诉他别的办法"),
    (MOST_FAILURES, "handbook.md", "five failures in a day"),
    (MOST_FAILURES, "handbook.zh.md", "一天错了五次"),
    (FREE_FAILURES + 1, "handbook.md", "after five failures in a row you have to wait"),
    (FREE_FAILURES + 1, "handbook.zh.md", "连错五次就要等"),
    (FAILURES_BEFORE_HELP, "operating.md", "face check failed three times in a day"),
    (FAILURES_BEFORE_HELP, "operating.zh.md", "一天错了三次"),
    (MOST_FAILURES, "operating.md", "after the fifth no link takes their face"),
    (MOST_FAILURES, "operating.zh.md", "第五次以后"),
    (MOST_FAILURES, "security.md", "after five failures in a day"),
    (MOST_FAILURES, "security.md", "five failures a day end the person's tries"),
    (MOST_FAILURES, "security.zh.md", "一天失败五次，到半夜都不再收"),
    (MOST_FAILURES, "security.zh.md", "一天失败五次就不能再试"),
    (MOST_REPORTS, "security.zh.md", "24 小时最多三次"),
]
"""(limit, page of `docs/`, what it says)."""

NUMERALS = {3: ("three", "三"), 5: ("five", "fifth", "五")}


@over(DOCUMENTS)
def test_documentation_page_states_the_limit_set_in_code(limit, page, words):
    assert words in (DOCS / page).read_text(encoding="utf-8"), (
        f"{page} says it in other words: change the row"
    )
    assert any(numeral in words for numeral in NUMERALS.get(limit, ())), f"{page} says {words}"
