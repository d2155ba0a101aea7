"""Talk to the dialog in tests: texts in, the last step out."""

from datetime import date, datetime

from dialogs.effects import CheckEligibility, OpenCapture
from dialogs.events import CaptureFinished, EligibilityChecked
from dialogs.flow.step import Step, step
from dialogs.immutable_record import replace
from dialogs.local_time import SHANGHAI
from dialogs.ports import Found
from dialogs.reading.faq import Faq
from dialogs.rules.places.offices import SHIPPED
from dialogs.session import Session, State
from dialogs.values import (
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


def registry_record(
    person=PERSON, scheme=Scheme.EMPLOYEE, status=BenefitStatus.ACTIVE, **more
) -> Beneficiary:
    return Beneficiary(scheme, person, "440100", status, **more)


def found_eligible(person=PERSON, scheme=Scheme.EMPLOYEE) -> Found:
    return Found(registry_record(person, scheme), has_template=True)


def capture_passed(request: CaptureRequest) -> CaptureFinished:
    at = datetime(2026, 11, 23, 16, 20, tzinfo=SHANGHAI)
    subject, scheme = request.subject, request.scheme
    certification = Certification(
        "8F3K-27QX", scheme, subject, "440100", at, date(2027, 11, 30), "face", request.agent
    )
    return CaptureFinished(request, CaptureOutcome.PASSED, CaptureReason.OK, certification)


def capture_failed(request: CaptureRequest) -> CaptureFinished:
    return CaptureFinished(request, CaptureOutcome.FAILED, CaptureReason.MISMATCH)


def say_with_faq(session: Session, words: str) -> Step:
    """Say one text to the dialog with the shipped FAQ."""
    return step(session, Text(words), NOW, FAQ)


def talk(session: Session, *words: str) -> Step:
    """Say the texts one after the other; return the last step."""
    taken = Step(session)
    for content in words:
        taken = step(taken.session, Text(content), NOW)
    return taken


def session_at(state: State, name: str = NAME) -> Session:
    """Return the session at a question of a person's own certification, with this name given on the way."""
    words = {
        State.HOME: (),
        State.GUIDE: (EMPLOYEE, TO_MANNER[0]),
        State.NAME: FOR_ONESELF,
        State.ID_TYPE: (*FOR_ONESELF, name),
        State.NUMBER: (*FOR_ONESELF, name, "居民身份证"),
    }
    return talk(Session(), *words[state]).session


def reply_texts(taken: Step) -> list[str]:
    context = replace(CONTEXT, language=taken.session.language)
    return [render(effect, context) for effect in taken.effects if isinstance(effect, Say)]


def reply_text(taken: Step) -> str:
    """Return the only message of a step; a second one would be a second question."""
    (text,) = reply_texts(taken)
    return text


def requested_check(taken: Step) -> CheckEligibility:
    (check,) = [effect for effect in taken.effects if isinstance(effect, CheckEligibility)]
    return check


def opened_capture(taken: Step) -> CaptureRequest:
    (effect,) = [effect for effect in taken.effects if isinstance(effect, OpenCapture)]
    return effect.request


def talk_to_check(scheme: Scheme = Scheme.EMPLOYEE) -> Step:
    return talk(Session(), SCHEME_WORDS[scheme], *TO_READ_BACK, "下一步")


def talk_to_read_back() -> Step:
    return talk(Session(), EMPLOYEE, *TO_READ_BACK)


def talk_to_notice(scheme: Scheme = Scheme.EMPLOYEE) -> Step:
    return answer_check(talk_to_check(scheme))


def mother_before_camera() -> Session:
    """Return the session of a helper whose mother's face is checked next."""
    words = ("帮我妈认证", EMPLOYEE, *TO_MANNER, *DETAILS, *DETAILS_OF_OTHER, "下一步")
    return answer_check(talk(Session(), *words)).session


def answer_check(taken: Step, answer=None) -> Step:
    """Let the registry answer the requested check; by default the subject is eligible."""
    check = requested_check(taken)
    found = found_eligible(check.subject, check.scheme) if answer is None else answer
    return step(taken.session, EligibilityChecked(check.serial, found), NOW)


def request_new_link(taken: Step) -> Step:
    """Ask for another link, and let the registry confirm again."""
    return answer_check(talk(taken.session, "重新识别"))


def talk_to_capture() -> Step:
    return talk(talk_to_notice().session, "确定")


def session_of(person: Identity = PERSON) -> Session:
    return replace(Session(), person=person)
