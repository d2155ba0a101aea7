"""The demo's invented people: a portrait that every installation has, and people who are refused."""

import functools
import io
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from bot.simulator.people import PersonCard
from dialogs.flow.states.prompts import ID_TYPE_LABELS
from dialogs.rules.id_numbers import check_digit
from dialogs.values import Beneficiary, BenefitStatus, Identity, IdType, Scheme
from messages.catalogue.phrases import SCHEME_NAMES
from messages.language.codes import DEFAULT

_CITY = "440100"
_HEAD_AND_SHOULDERS = (88, 0, 360, 340)
"""Left, top, right, bottom, in pixels of the 512×512 picture; 4:5."""


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """One invented person: what they would type, and what the registry holds."""

    typed: Identity
    scheme: Scheme
    note: str
    status: BenefitStatus = BenefitStatus.ACTIVE
    has_portrait: bool = False
    registered_name: str = ""

    def beneficiary(self, today: date) -> Beneficiary:
        """Return the registry's row: the last pass was a year ago, so this month the next one is due."""
        name = self.registered_name or self.typed.name
        identity = Identity(name, self.typed.id_type, self.typed.number)
        passed = date(today.year - 1, today.month, 1)
        return Beneficiary(self.scheme, identity, _CITY, self.status, date(2015, 3, 1), passed)

    def shown(self, portrait: Path) -> PersonCard:
        """Return the card that the simulator's page shows."""
        return PersonCard(
            self.typed.name,
            ID_TYPE_LABELS[self.typed.id_type],
            self.typed.number,
            SCHEME_NAMES[self.scheme].spoken(DEFAULT),
            self.note,
            portrait if self.has_portrait else None,
        )


def _person(name: str, first_17: str) -> Identity:
    return Identity(name, IdType.RESIDENT_ID, first_17 + check_digit(first_17))


SAMPLES: tuple[SamplePerson, ...] = (
    SamplePerson(
        _person("林月华", "44010319500101012"), Scheme.EMPLOYEE, "有照片，可以认证成功", has_portrait=True
    ),
    SamplePerson(
        _person("陈秀英", "44010319480512034"), Scheme.RESIDENT, "有照片，可以认证成功", has_portrait=True
    ),
    SamplePerson(
        _person("黄志强", "44010319450820005"),
        Scheme.EMPLOYEE,
        "待遇已终止",
        status=BenefitStatus.TERMINATED,
        has_portrait=True,
    ),
    SamplePerson(_person("何桂珍", "44010319520308006"), Scheme.EMPLOYEE, "没有登记照片"),
    SamplePerson(
        _person("张建国", "44010319491111007"),
        Scheme.EMPLOYEE,
        "登记的姓名不同",
        has_portrait=True,
        registered_name="张建囯",
    ),
)


@functools.cache
def portrait_jpeg() -> bytes:
    """Return the sample portrait: Eileen Collins, NASA, public domain, as scikit-image packages it.

    Cut to head and shoulders, like a selfie: in the entire picture the face is too far away.
    """
    from PIL import Image  # noqa: PLC0415 - only the demo needs it

    file = io.BytesIO()
    with files("skimage").joinpath("data", "astronaut.png").open("rb") as whole:
        portrait = Image.open(whole).crop(_HEAD_AND_SHOULDERS)
    portrait.resize((768, 960), Image.Resampling.LANCZOS).save(file, "JPEG", quality=95)
    return file.getvalue()
