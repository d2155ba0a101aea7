"""Details of the audit trail in words, without internal codes."""

import re

from bot.console.access.gate import RequestRefusal
from bot.console.access.permissions import Permission
from bot.console.access.session_keeper import SessionEnd
from bot.console.access.sign_in import SignInRefusal
from bot.console.loading.receiving import ReceivingRefusal
from bot.console.loading.spool import SpoolRefusal
from bot.console.office.audit_details import in_words
from bot.office.case_acts import ActKind, Unfit
from messages.language.codes import Language
from tests.support.tables import over

CHINESE, ENGLISH = Language("zh"), Language("en")


@over(
    [
        (
            "certified.by_office",
            "employee counter document 8F3K-27QX",
            "企业职工养老保险 柜台办理 核对证件和本人 8F3K-27QX",
        ),
        ("capture.passed", "certify resident ok 8F3K-27QX face", "认证 城乡居民养老保险 通过 8F3K-27QX 刷脸"),
        ("capture.failed", "certify resident not_live", "认证 城乡居民养老保险 没有看清动作"),
        ("approval.given", "seen-at-home asked by admin", "上门见到本人 提交人 admin"),
        ("console.refused", "not_open approval 7", "已经办过，或是自己提交的 复核 7"),
        ("console.refused", "session in another browser", "换了浏览器"),
        ("console.refused", "nothing revoke", "没有可办的 撤销认证"),
        ("console.account.added", "clerk clerk; account root", "clerk 经办 账号 root"),
        ("task.handed_on", "task", "task"),
        ("task.handed_on", "all", "全部"),
        ("tasks.read", "mine", "自己接手的"),
        ("tasks.exported", "nobody", "没人接手的"),
        ("tasks.read", "by:mine", "mine"),
        ("visit.recorded", "task 5 moved", "待办 5 已搬走"),
        ("visit.recorded", "task 5 deceased", "待办 5 听说已去世"),
        ("task.done", "deceased", "核实：已去世"),
        ("keys.rotated", "moved 5 left 0", "已换密钥 5 还没换 0"),
        ("talk.ended", "left", "取消了关注"),
        (
            "grant.given",
            "passive until 2027-05-04 grant 5 ends 3,4",
            "免动作 到 2027-05-04 编号 5 结束编号 3,4",
        ),
        ("audit.read", "task.done", "办结待办"),
        (
            "audit.cut",
            "gone 812 carried 40 before 2016-11-29; account root",
            "已删除 812 另留下 40 都早于 2016-11-29; 账号 root",
        ),
        ("purged", "inbox 3 finished 2 exemptions 1", "收到的消息 3 结束了的 2 过期的免动作 1"),
        ("grants.purged", "grants 3,4", "编号 3,4"),
        ("case.opened", "call", "本人或家人来电"),
        ("case.opened", "of another program", "of another program"),
        ("task.taken", "", ""),
    ]
)
def test_audit_detail_is_shown_in_the_readers_language(action, stored, expected):
    assert in_words(action, stored, CHINESE) == expected


REFUSED = [
    *(f"permission {one}" for one in Permission),
    *RequestRefusal,
    *SignInRefusal,
    *SessionEnd,
    *(f"{one} registry 2048" for one in (*SpoolRefusal, *ReceivingRefusal)),
    *(f"{one} {kind}" for one in Unfit for kind in ActKind),
    *(f"missing {what} 7" for what in ("task", "talk", "photo", "rejected load", "missing load")),
    *("missing case", "another's chat talk 1", "needs_other load 2", "photo_too_large", "no_reason"),
]


@over(REFUSED)
def test_refusal_reason_is_shown_without_codes(stored):
    assert not re.search("[a-z]", in_words("console.refused", stored, CHINESE))


def test_english_has_words_for_the_same_codes():
    told = in_words("console.refused", "not_yours task 3", ENGLISH)
    assert told == "not theirs task 3"
