"""Whatever is sent in whatever order: always an answer, never an exception, no face check unearned."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.effects import Check, OpenCapture, RecordConsent
from dialogs.events import CaptureFinished, Checked, StillChecking
from dialogs.ports import Found, Unavailable
from dialogs.session import Session, State
from dialogs.step import Step, step
from dialogs.values import BenefitStatus, CaptureOutcome, Identity, Reason
from messages.inbound import Click, Media, MediaKind, Scanned, Subscribed, Text
from messages.labels import Label, MenuKey
from messages.outbound import LIMIT, Say, render, split
from tests.dialogue import LINKS, NAME, NUMBER, OTHER, passed, record, talk

LABELS = st.sampled_from([label.value for label in Label])
NUMBERS = st.integers(0, 10).map(str)
DETAILS = st.sampled_from([NAME, NUMBER, OTHER.name, OTHER.number, "E12345678", "𠮷" * 40])
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
class Answered:
    """The registry's answer to the newest check (or to an older one): of the asked person, or else."""

    kind: str
    age: int = 0


@dataclass(frozen=True)
class Captured:
    outcome: CaptureOutcome
    recorded: bool


KINDS = st.sampled_from(["eligible", "eligible", "unknown", "terminated", "unenrolled", "away", "slow"])
BACK_STAGE = st.one_of(
    st.builds(Answered, KINDS, st.integers(0, 1)),
    st.builds(Captured, st.sampled_from(CaptureOutcome), st.booleans()),
)
WALKS = st.lists(st.one_of(TYPED, TYPED, BACK_STAGE), max_size=40)
USUAL = ("企业职工养老保险", "同意并开始办理", "开始办理", "本人办理", NAME, "居民身份证", NUMBER, "下一步")
STARTS = st.integers(0, len(USUAL)).map(lambda count: [Text(words) for words in USUAL[:count]])


@dataclass
class Walk:
    """One conversation, and what it has earned so far."""

    session: Session = field(default_factory=Session)
    checks: list[Check] = field(default_factory=list)
    requests: list = field(default_factory=list)
    consented: bool = False
    eligible: set[tuple[str, Identity]] = field(default_factory=set)

    def go(self, move) -> None:
        event = self.event_of(move)
        if event is None:
            return
        before = self.session
        taken = step(before, event)
        self.session = taken.session
        self.note(move, event, taken)
        self.judge(before, event, taken)

    def event_of(self, move):
        match move:
            case Answered(kind, age):
                return self.answer(kind, age)
            case Captured(outcome, recorded):
                return self.finish(outcome, recorded=recorded)
        return move

    def answer(self, kind, age):
        if len(self.checks) <= age:
            return None
        check = self.checks[-1 - age]
        row = record(check.subject, check.scheme)
        answers = {
            "eligible": Found(row, has_template=True),
            "unknown": Found(None),
            "terminated": Found(record(check.subject, status=BenefitStatus.TERMINATED)),
            "unenrolled": Found(row),
            "away": Unavailable(),
        }
        return Checked(check.serial, answers[kind]) if kind in answers else StillChecking(check.serial)

    def finish(self, outcome, *, recorded):
        if not self.requests:
            return None
        if outcome is CaptureOutcome.PASSED and recorded:
            return passed(self.requests[-1])
        return CaptureFinished(self.requests[-1], outcome, Reason.OK)

    def note(self, move, event, taken: Step) -> None:
        """Remember consents and eligible answers apart from the session's own memory."""
        for effect in taken.effects:
            if isinstance(effect, RecordConsent):
                self.consented = True
            if isinstance(effect, Check):
                self.checks.append(effect)
        if isinstance(event, Checked) and move.kind == "eligible" and taken.session.state is State.NOTICE:
            check = next(check for check in self.checks if check.serial == event.serial)
            self.eligible.add((check.scheme, check.subject))

    def judge(self, before: Session, event, taken: Step) -> None:
        if not isinstance(event, Checked | StillChecking):
            assert any(isinstance(effect, Say | Check) for effect in taken.effects)
        for effect in taken.effects:
            if isinstance(effect, Say):
                self.judge_words(render(effect, LINKS))
            if isinstance(effect, OpenCapture):
                self.judge_link(before, effect)

    def judge_words(self, text: str) -> None:
        assert "{" not in text
        assert all(len(part.encode()) <= LIMIT for part in split(text))

    def judge_link(self, before: Session, effect: OpenCapture) -> None:
        assert self.consented
        assert (effect.request.scheme, effect.request.subject) in self.eligible
        assert before.state in {State.NOTICE, State.CAPTURE, State.FAILED}
        self.requests.append(effect.request)


@given(STARTS, WALKS)
@settings(max_examples=150, deadline=None)
def test_any_walk_is_answered_and_no_face_check_is_unearned(start, moves):
    walk = Walk()
    for move in [*start, *moves]:
        walk.go(move)
    assert talk(walk.session, "返回首页").session.state is State.HOME
