"""Moves for random walks through the dialog: messages, taps, and events from the service."""

from dataclasses import dataclass

from hypothesis import strategies as st

from dialogs.values import CaptureOutcome
from messages.inbound import Click, Media, MediaKind, Scanned, Subscribed, Text
from messages.language.labels import Label, MenuKey
from tests.support.dialog.dialogue import NAME, NUMBER, OTHER

LABELS = st.sampled_from([label.value for label in Label])
NUMBERS = st.integers(0, 10).map(str)
WISHES = (
    "帮我妈认证",
    "我自己办企业职工认证",
    "什么时候到期",
    "算数吗",
    "我爸去世了",
    "换城市",
    "我在深圳",
    "gz",
    "继续",
    "重新开始",
    "订阅提醒",
    "退订提醒",
    "还会提醒我吗",
    "解除代办",
    "做不了动作",
    "撤回人脸同意",
    "Withdraw face consent",
    "English",
    "中文",
    "谢谢",
    f"我叫{NAME}，身份证{NUMBER}",
    f"{OTHER.name} {OTHER.number}",
)

TOLD = (NAME, NUMBER, OTHER.name, OTHER.number, "E12345678", "𠮷" * 40)
DETAILS = st.sampled_from(TOLD + WISHES)
FORWARD = st.sampled_from(["同意并开始办理", "开始办理", "下一步", "确定", "1", "居民身份证", "本人办理"])
JUNK = st.one_of(st.text(max_size=30), st.sampled_from(["{capture}", "<a>", "]]>", "🙂" * 500]))
TYPED = st.one_of(
    st.one_of(FORWARD, DETAILS, LABELS, NUMBERS, JUNK).map(Text),
    st.sampled_from([Click(key) for key in MenuKey]),
    st.builds(Click, st.text(max_size=5)),
    st.sampled_from([Media(kind) for kind in MediaKind]),
    st.sampled_from([Scanned("employee:440100"), Scanned("x"), Subscribed(), Subscribed("resident")]),
)


@dataclass(frozen=True)
class Answer:
    """The registry answers the newest check, or an older one (`age`)."""

    kind: str
    age: int = 0


@dataclass(frozen=True)
class Capture:
    outcome: CaptureOutcome
    recorded: bool


@dataclass(frozen=True)
class Lapse:
    """The registry's answer after the face has matched, when the person may no longer be eligible."""

    kind: str


@dataclass(frozen=True)
class Wait:
    minutes: int


@dataclass(frozen=True)
class Advance:
    """What a cooperative person does here: the expected answer, or the choice at this place in the list."""

    place: int


KINDS = st.sampled_from(
    ["eligible", "eligible", "unknown", "terminated", "counter", "unenrolled", "away", "slow"]
)

BACK_STAGE = st.one_of(
    st.builds(Answer, KINDS, st.integers(0, 1)),
    st.builds(Capture, st.sampled_from(CaptureOutcome), st.booleans()),
    st.builds(Lapse, st.sampled_from(["terminated", "counter", "unknown", "eligible"])),
    st.builds(Wait, st.sampled_from([1, 11, 60 * 24 * 2, 60 * 24 * 8])),
)

ONWARD = st.builds(Advance, st.sampled_from([0, 0, 0, 0, 0, 1, 2, 3, 4]))
RUNS = st.tuples(st.lists(ONWARD, max_size=24), st.one_of(TYPED, BACK_STAGE))
WALKS = st.lists(RUNS, min_size=1, max_size=6).map(
    lambda runs: [move for willing, odd in runs for move in (*willing, odd)]
)
