"""Whatever is sent in whatever order: always an answer, never an exception, no face check unearned."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.effects import Check, OpenCapture, RecordConsent
from dialogs.events import CaptureFinished, Checked, StillChecking
from dialogs.ports import Found, Unavailable
from dialogs.prompts import choices
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


@dataclass(frozen=True)
class Onward:
    """What a willing person does here: the fitting answer, or the choice of this place in the list."""

    place: int


KINDS = st.sampled_from(["eligible", "eligible", "unknown", "terminated", "unenrolled", "away", "slow"])
BACK_STAGE = st.one_of(
    st.builds(Answered, KINDS, st.integers(0, 1)),
    st.builds(Captured, st.sampled_from(CaptureOutcome), st.booleans()),
)
ONWARD = st.builds(Onward, st.sampled_from([0, 0, 0, 0, 0, 1, 2, 3, 4]))
RUNS = st.tuples(st.lists(ONWARD, max_size=24), st.one_of(TYPED, BACK_STAGE))
WALKS = st.lists(RUNS, min_size=1, max_size=6).map(
    lambda runs: [move for willing, odd in runs for move in (*willing, odd)]
)
OUTCOMES = (CaptureOutcome.PASSED, CaptureOutcome.FAILED, CaptureOutcome.CLOSED)
REGISTRY = ("eligible", "unknown", "terminated", "unenrolled", "away")
ANSWERS = {
    State.AGENT_NAME: NAME,
    State.AGENT_ID_TYPE: "1",
    State.AGENT_NUMBER: NUMBER,
    State.NAME: OTHER.name,
    State.ID_TYPE: "1",
    State.NUMBER: OTHER.number,
}


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
        self.note(event, taken)
        self.judge(before, event, taken)

    def event_of(self, move):
        match move:
            case Onward(place):
                return self.onward(place)
            case Answered(kind, age):
                return self.answer(kind, age)
            case Captured(outcome, recorded):
                return self.finish(outcome, recorded=recorded)
        return move

    def onward(self, place):
        if self.session.state is State.CHECKING:
            return self.answer(REGISTRY[place], 0)
        if self.session.state is State.CAPTURE and place < len(OUTCOMES):
            return self.finish(OUTCOMES[place], recorded=True)
        return Text(self.wish(place))

    def wish(self, place) -> str:
        if self.session.state in ANSWERS and place < 4:
            return ANSWERS[self.session.state]
        offered = choices(self.session)
        return offered[place % len(offered)]

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

    def note(self, event, taken: Step) -> None:
        """Remember consents and eligible answers apart from the session's own memory."""
        for effect in taken.effects:
            if isinstance(effect, RecordConsent):
                self.consented = True
            if isinstance(effect, Check):
                self.checks.append(effect)
        if isinstance(event, Checked) and taken.session.state is State.NOTICE and event.answer.has_template:
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


def test_any_walk_is_answered_and_no_face_check_is_unearned():
    seen = set()

    @settings(max_examples=600, deadline=None, derandomize=True)
    @given(WALKS)
    def walk_on(moves):
        walk = Walk()
        for move in moves:
            walk.go(move)
            seen.add(walk.session.state)
            assert talk(walk.session, "返回首页").session.state is State.HOME

    walk_on()
    assert seen >= {
        State.CAPTURE,
        State.PASSED,
        State.FAILED,
    }  # else the rules above were never put to the test
