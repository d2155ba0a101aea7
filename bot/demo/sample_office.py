"""An invented office for the demo's console: about a hundred people, a week of passes, failures and tasks.

It is made once, so that the first page has figures, which a visitor's acts then change. Passes are marked as
rehearsals (演练), which no registry mistakes for a face check.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import accumulate
from random import Random

from bot.capture.live.challenges import MOST_STARTS
from bot.demo.sample_clerks import SAMPLE_CLERK
from bot.receipts.numbers import new_receipt
from bot.wiring.compose import Service
from dialogs.local_time import local_date
from dialogs.progress import FunnelStep
from dialogs.rules.due import next_due
from dialogs.rules.id_numbers import check_digit
from dialogs.values import (
    Beneficiary,
    BenefitStatus,
    CaptureOutcome,
    CaptureReason,
    CaptureRequest,
    Certification,
    Identity,
    IdType,
    Manner,
    PassChannel,
    Purpose,
    Scheme,
)
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry, subject_of
from storage.console.task_board import PlannedVisit, TaskBoard, TaskFilter
from storage.database import Connection, transaction
from storage.messaging.funnel_days import FunnelDays
from storage.records.beneficiaries import Beneficiaries
from storage.records.captures import Captures
from storage.records.certifications import Certifications, PassOrigin
from storage.records.tasks import TaskKind, Tasks

_PEOPLE, _PASSES, _LINKS = 600, 60, 110
_FAMILY = "陈李张黄何梁林罗郑吴"
_GIVEN = ("桂珍", "秀英", "建国", "月华", "志强", "丽娟", "伟明", "美玲", "国栋", "淑芬")
_CITIES = {"440100": 8, "440300": 6, "440600": 4, "441900": 2, "440500": 1}
_REASONS = {
    CaptureReason.MISMATCH: 5,
    CaptureReason.NOT_LIVE: 4,
    CaptureReason.CHALLENGE_FAILED: 3,
    CaptureReason.PERSON_CHANGED: 1,
}
_SUSPENDED_SHARE = 0.03
_VISITS = 9
_NO_FURTHER = {
    FunnelStep.ELIGIBLE: 0.05,
    FunnelStep.IDENTIFIED: 0.12,
    FunnelStep.AGREED: 0.3,
    FunnelStep.GREETED: 0.2,
}
"""Share of the people counted next to each link who leave after a step, the last step of the chat first."""
_TASK_DAYS = (0, 0, 1, 2, 4, 9)


@dataclass(frozen=True, slots=True)
class SampleOffice:
    """Makes the records; the same people in every demo, dated back from today."""

    service: Service
    random: Random

    async def fill(self) -> None:
        """Fill the database once."""
        now = self.service.clock()
        people = [self._beneficiary(serial, local_date(now)) for serial in range(_PEOPLE)]
        async with transaction(self.service.engine) as conn:
            first = people[0]
            who = (first.scheme, first.identity.id_type, first.identity.number)
            registry = Beneficiaries(self.service.vault)
            if await registry.find(conn, *who) is None:
                await registry.put(conn, people, now)
                paid = [one for one in people if one.status is BenefitStatus.ACTIVE]
                await self._certify(conn, paid[:_PASSES], now)
                await self._try(conn, people[:_LINKS], now)
                await self._wait(conn, people[_PASSES:], now)

    def _beneficiary(self, serial: int, today: date) -> Beneficiary:
        draw = self.random
        born = date(1930, 1, 1) + timedelta(days=draw.randrange(35 * 365))
        digits = f"440103{born:%Y%m%d}{serial:03}"
        person = Identity(
            draw.choice(_FAMILY) + draw.choice(_GIVEN), IdType.RESIDENT_ID, digits + check_digit(digits)
        )
        suspended = draw.random() < _SUSPENDED_SHARE
        return Beneficiary(
            draw.choice(list(Scheme)),
            person,
            draw.choices(list(_CITIES), list(_CITIES.values()))[0],
            BenefitStatus.SUSPENDED if suspended else BenefitStatus.ACTIVE,
            date(2012, 1, 1),
            today - timedelta(days=self._days_since_a_pass(suspended=suspended)),
        )

    def _days_since_a_pass(self, *, suspended: bool) -> int:
        """Draw them: benefits stop from the thirteenth month on, and few of those paid are late."""
        if suspended:
            return self.random.randrange(430, 700)
        return round(min(410, abs(self.random.gauss(190, 110))))

    async def _certify(self, conn: Connection, people: Sequence[Beneficiary], now: datetime) -> None:
        for one in people:
            at = self._within_a_week(now)
            day = local_date(at)
            made = Certification(
                new_receipt(),
                one.scheme,
                one.identity,
                one.city,
                at,
                next_due(one.scheme, one.city, day),
                PassChannel.REHEARSAL,
            )
            await Certifications(self.service.vault).add(conn, made, PassOrigin(_key(), ""), at)
            await self._note(conn, made, now)
            await Beneficiaries(self.service.vault).note_pass(conn, one.scheme, one.identity, day)

    async def _note(self, conn: Connection, made: Certification, now: datetime) -> None:
        """Record a pass, so that `audit verify` finds the trail of each."""
        vault, who = self.service.vault, made.identity
        subject = subject_of(vault, who.lifelong_number)
        detail = f"{made.scheme} {made.channel} sample {made.receipt}"
        entry = AuditEntry(Actor.OPERATOR, AuditAction.CERTIFIED_BY_OFFICE, subject, detail)
        await Audit("demo", vault).append(conn, [entry], now)

    async def _try(self, conn: Connection, people: Sequence[Beneficiary], now: datetime) -> None:
        captures = Captures(self.service.vault)
        for serial, one in enumerate(people):
            key, at = _key(), self._within_a_week(now)
            request = CaptureRequest(one.scheme, Purpose.CERTIFY, Manner.SELF, one.identity, one.city)
            await captures.open(conn, key, f"sample-{serial}", request, at, at)
            await self._come(conn, at)
            if self.random.random() < 0.9:  # nine of ten agree
                await captures.consent(conn, key, "sample", at)
                await self._end(conn, captures, key, at)

    async def _come(self, conn: Connection, at: datetime) -> None:
        """Count one person who got a link, and the people with them who came less far that day."""
        beside = {step: self.random.random() < share for step, share in _NO_FURTHER.items()}
        people = list(accumulate(beside.values(), initial=1))[1:]
        counts = dict(zip(beside, people, strict=True))
        await FunnelDays("demo").add(conn, local_date(at), counts)

    async def _end(self, conn: Connection, captures: Captures, key: bytes, at: datetime) -> None:
        await captures.count_start(conn, key, MOST_STARTS)
        drawn = self.random.random()
        if drawn < 0.7:
            await captures.finish(conn, key, CaptureOutcome.PASSED, CaptureReason.OK, at)
        elif drawn < 0.9:
            reason = self.random.choices(list(_REASONS), list(_REASONS.values()))[0]
            await captures.finish(conn, key, CaptureOutcome.FAILED, reason, at)

    async def _wait(self, conn: Connection, people: Sequence[Beneficiary], now: datetime) -> None:
        tasks = Tasks(self.service.vault)
        for days, kind, one in zip(_TASK_DAYS * 3, [*TaskKind] * 3, people, strict=False):
            await tasks.add(conn, [(kind, one.identity)], now - timedelta(days=days))
        visit = PlannedVisit(SAMPLE_CLERK, local_date(now))
        board = TaskBoard(self.service.vault)
        for task in await board.waiting(conn, TaskFilter(now, TaskKind.HOME_VISIT), 0, _VISITS):
            await board.plan(conn, task, None, visit, now)

    def _within_a_week(self, now: datetime) -> datetime:
        return now - timedelta(hours=self.random.random() * 160)


def _key() -> bytes:
    """Return a hash that no link leads to."""
    return sha256(secrets.token_bytes(32)).digest()


def sample_office(service: Service) -> SampleOffice:
    """Return the office of the demo; its invented people are the same at every start."""
    return SampleOffice(service, Random(2026))  # noqa: S311 - invented people need no secure randomness
