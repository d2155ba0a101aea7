"""What is remembered of one conversation."""

from dataclasses import dataclass, field
from enum import StrEnum, auto

from dialogs.values import CaptureRequest, Identity, IdType, Manner, Purpose, Scheme


class State(StrEnum):
    """Where a conversation stands; each state ends in one question."""

    HOME = auto()
    AGREEMENT = auto()
    GUIDE = auto()
    MANNER = auto()
    AGENT_NAME = auto()
    AGENT_ID_TYPE = auto()
    AGENT_NUMBER = auto()
    NAME = auto()
    ID_TYPE = auto()
    NUMBER = auto()
    READ_BACK = auto()
    CHECKING = auto()
    NOTICE = auto()
    CAPTURE = auto()
    PASSED = auto()
    FAILED = auto()
    MISMATCH = auto()
    ABNORMAL = auto()
    NO_REFERENCE = auto()
    NO_RECORD = auto()


@dataclass(frozen=True, slots=True)
class Draft:
    """An identity being entered, one answer at a time."""

    name: str = field(default="", repr=False)
    id_type: IdType | None = None
    number: str = field(default="", repr=False)

    def identity(self) -> Identity | None:
        """Return the identity once all three answers are there."""
        if not (self.name and self.id_type and self.number):
            return None
        return Identity(self.name, self.id_type, self.number)

    @classmethod
    def of(cls, identity: Identity) -> "Draft":
        """Return the draft that a known identity fills."""
        return cls(identity.name, identity.id_type, identity.number)


@dataclass(frozen=True, slots=True)
class Session:
    """One account's conversation.

    `person` is whom a face pass made this account's; nothing else sets it.
    `agent` is self-declared, once. `serial` numbers eligibility checks, so
    that an answer to an abandoned check is ignored. `city` is what the person
    told; `record_city` what the registry says of a fully matched subject.
    """

    state: State = State.HOME
    scheme: Scheme | None = None
    purpose: Purpose = Purpose.CERTIFY
    manner: Manner = Manner.SELF
    subject: Draft = field(default=Draft(), repr=False)
    agent: Draft = field(default=Draft(), repr=False)
    person: Identity | None = field(default=None, repr=False)
    city: str = ""
    record_city: str = ""
    serial: int = 0
    failures: int = 0
    misses: int = 0

    def capture_request(self) -> CaptureRequest | None:
        """Return the face check that this conversation has earned the right to ask for."""
        subject = self.subject.identity()
        if subject is None or self.scheme is None:
            return None
        agent = self.agent_identity() if self.manner is Manner.AGENT else None
        return CaptureRequest(self.scheme, self.purpose, self.manner, subject, self.record_city, agent)

    def agent_identity(self) -> Identity | None:
        """Return who acts for others here: the known person, else what was declared."""
        return self.person or self.agent.identity()
