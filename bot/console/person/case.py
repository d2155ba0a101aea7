"""Reads everything about a case over one connection."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.office.case_work import CaseWork
from bot.office.waiting_act import AskedAct, asked_for
from dialogs.local_time import local_date
from dialogs.rules.due import Standing, due_of, rule_of, standing
from dialogs.values import Beneficiary, Identity
from storage.console.case_file import CaseFile, GivenConsent, LinkResult, MessageFate, ReminderFate
from storage.console.task_board import BoardTask, TaskBoard
from storage.database import Connection
from storage.records.exemptions import Exemption
from storage.records.receipts import StoredReceipt
from storage.reminders.subscription import Subscription


@dataclass(frozen=True, slots=True)
class Benefit:
    """One benefit of the person: the registry's row, when the next pass is due, and what that means today."""

    row: Beneficiary
    due_on: date | None
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Case:
    """All that the page shows."""

    person: Identity = field(repr=False)
    benefits: Sequence[Benefit]
    passes: Sequence[StoredReceipt]
    link_results: Sequence[LinkResult]
    messages: Sequence[MessageFate]
    reminders: Sequence[ReminderFate]
    subscriptions: Sequence[Subscription]
    consents: Sequence[GivenConsent]
    enrolled_at: datetime | None
    exemption: Exemption | None
    tasks: Sequence[BoardTask]
    asked: Sequence[AskedAct]

    @property
    def waiting(self) -> list[AskedAct]:
        """What waits for a second person."""
        return [one for one in self.asked if one.decided_at is None]

    @property
    def helpers(self) -> list[Identity]:
        """Agents who acted for the person, each once, the newest first."""
        of_passes = (one.certification.agent for one in self.passes)
        agents = [agent for agent in (*of_passes, *(one.agent for one in self.link_results)) if agent]
        return list({agent.document: agent for agent in agents}.values())


async def read_case(conn: Connection, work: CaseWork, person: Identity) -> Case:
    """Read a case as it stands now."""
    file, today = CaseFile(work.vault, person), local_date(work.clock())
    accounts = await file.accounts(conn)
    return Case(
        person,
        await benefits_of(conn, work, person),
        await file.passes(conn),
        await file.link_results(conn),
        await file.messages(conn, accounts),
        await file.reminders(conn),
        await file.subscribed(conn),
        await file.consents(conn, accounts),
        await file.enrolled_at(conn),
        await file.exemption(conn, today),
        await TaskBoard(work.vault).these(conn, [task.id for task in await file.open_tasks(conn)]),
        await asked_for(conn, work, person),
    )


async def benefits_of(conn: Connection, work: CaseWork, person: Identity) -> list[Benefit]:
    """Return a person's benefits in the registry."""
    passes, today = await CaseFile(work.vault, person).passes(conn), local_date(work.clock())
    rows = await work.registered(conn, person.id_type, person.number)
    return [_benefit(row, passes, today) for row in rows]


def _benefit(row: Beneficiary, passes: Sequence[StoredReceipt], today: date) -> Benefit:
    days = [
        one.certification.passed_on
        for one in passes
        if one.certification.scheme is row.scheme and one.revoked_at is None
    ]
    due_on = due_of(row, max(days, default=None)) if row.is_living else None
    stands = None if due_on is None else standing(rule_of(row.scheme, row.city), due_on, today)
    return Benefit(row, due_on, stands)
