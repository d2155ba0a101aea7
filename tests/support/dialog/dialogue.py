"""Talking to the dialog in tests: words in, the last step out."""

from datetime import date, datetime

from dialogs.effects import CheckEligibility, OpenCapture
from dialogs.events import CaptureFinished, EligibilityChecked
from dialogs.flow.step import Step, step
from dialogs.immutable_record import replace
from dialogs.ports import Found
from dialogs.reading.faq import Faq
from dialogs.rules.places.offices import SHIPPED
from dialogs.session import Session, State
from dialogs.values import (
    SHANGHAI,
    Beneficiary,
    BenefitStatus,
    CaptureOutcome,
    CaptureReason,
    CaptureRequest,
    Certification,
    Identity,
    IdType,
    Scheme,
)
from messages import faq
from messages.inbound import Text
from messages.language.labels import Label
from messages.outbound import RenderContext, Say, render

NAME, NUMBER = "陈建国", "440103195001010120"
PERSON = Identity(NAME, IdType.RESIDENT_ID, NUMBER)
OTHER = Identity("欧阳桂兰", IdType.RESIDENT_ID, "11010519491231002X")
LINKS = {"base": "https://h", "agreement": "https://h/a", "privacy": "https://h/p", "capture": "https://h/c"}
CONTEXT = RenderContext(LINKS, offices=SHIPPED.spoken())
FAQ = Faq(faq.SHIPPED)
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=SHANGHAI)

TO_MANNER = ("同意并开始办理", "开始办理")
TO_NAME = (*TO_MANNER, "本人办理")
DETAILS = (NAME, "居民身份证", NUMBER)
DETAILS_OF_OTHER = (OTHER.name, "居民身份证", OTHER.number)
TO_READ_BACK = (*TO_NAME, *DETAILS)
SCHEME_WORDS = {scheme: Label[scheme.name].value for scheme in Scheme}
EMPLOYEE = SCHEME_WORDS[Scheme.EMPLOYEE]
FOR_ONESELF = (EMPLOYEE, *TO_NAME)
FOR_OTHER = (EMPLOYEE, *TO_MANNER, "为他人办理")
TO_READ_BACK_OF_OTHER = (*FOR_OTHER, *DETAILS, *DETAILS_OF_OTHER)


def record(person=PERSON, scheme=Scheme.EMPLOYEE, status=BenefitStatus.ACTIVE, **more) -> Beneficiary:
    return Beneficiary(scheme, person, "440100", status, **more)


def eligible(person=PERSON, scheme=Scheme.EMPLOYEE) -> Found:
    return Found(record(person, scheme), has_template=True)


def passed(request: CaptureRequest) -> CaptureFinished:
    at = datetime(2026, 11, 23, 16, 20, tzinfo=SHANGHAI)
    subject, scheme = request.subject, request.scheme
    certification = Certification(
        "8F3K-27QX", scheme, subject, "440100", at, date(2027, 11, 30), "face", request.agent
    )
    return CaptureFinished(request, CaptureOutcome.PASSED, CaptureReason.OK, certification)


def failed(request: CaptureRequest, reason: CaptureReason = CaptureReason.MISMATCH) -> CaptureFinished:
    return CaptureFinished(request, CaptureOutcome.FAILED, reason)


def heard(session: Session, words: str) -> Step:
    """Say words to the service as shipped, with its questions and answers."""
    return step(session, Text(words), NOW, FAQ)


def talk(session: Session, *words: str) -> Step:
    """Say the words one after the other; return the step of the last one."""
    taken = Step(session)
    for content in words:
        taken = step(taken.session, Text(content), NOW)
    return taken


def at_own(state: State, name: str = NAME) -> Session:
    """Walk a person's own certification to a question, giving this name on the way; at home say nothing."""
    words = {
        State.HOME: (),
        State.GUIDE: (EMPLOYEE, TO_MANNER[0]),
        State.NAME: FOR_ONESELF,
        State.ID_TYPE: (*FOR_ONESELF, name),
        State.NUMBER: (*FOR_ONESELF, name, "居民身份证"),
    }
    return talk(Session(), *words[state]).session


def says(taken: Step) -> list[str]:
    context = replace(CONTEXT, language=taken.session.language)
    return [render(effect, context) for effect in taken.effects if isinstance(effect, Say)]


def said(taken: Step) -> str:
    """Return the one message of a step; a second one would be a second question."""
    (text,) = says(taken)
    return text


def check_of(taken: Step) -> CheckEligibility:
    (check,) = [effect for effect in taken.effects if isinstance(effect, CheckEligibility)]
    return check


def opened(taken: Step) -> CaptureRequest:
    (effect,) = [effect for effect in taken.effects if isinstance(effect, OpenCapture)]
    return effect.request


def to_check(scheme: Scheme = Scheme.EMPLOYEE) -> Step:
    return talk(Session(), SCHEME_WORDS[scheme], *TO_READ_BACK, "下一步")


def to_read_back(scheme: Scheme = Scheme.EMPLOYEE) -> Step:
    return talk(Session(), SCHEME_WORDS[scheme], *TO_READ_BACK)


def to_notice(scheme: Scheme = Scheme.EMPLOYEE) -> Step:
    return checked(to_check(scheme))


def checked(taken: Step, answer=None) -> Step:
    """Let the registry answer the requested check; by default that the subject is eligible."""
    check = check_of(taken)
    found = eligible(check.subject, check.scheme) if answer is None else answer
    return step(taken.session, EligibilityChecked(check.serial, found), NOW)


def again(taken: Step) -> Step:
    """Ask for another link, and let the registry agree again."""
    return checked(talk(taken.session, "重新识别"))


def to_capture(scheme: Scheme = Scheme.EMPLOYEE) -> Step:
    return talk(to_notice(scheme).session, "确定")


def known(person: Identity = PERSON) -> Session:
    return replace(Session(), person=person)
