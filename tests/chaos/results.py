"""Compares what people did and received with what is recorded."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.simulator.mailbox import SentAs
from storage.audit_trail.audit import Audit
from storage.database import Connection, Engine
from storage.schema.captures import certifications
from storage.schema.messaging import inbox, outbox
from storage.sealing.vault import Vault
from tests.chaos.traffic import MessageCounts, Traffic
from tests.support.programs.walker import Walker

TOLD_IN_TIME = 60.0
"""Seconds from a pass to its message; later ones count as late."""


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of a run."""

    messages: str
    passes: str
    templates: str
    lost: int

    def lines(self) -> list[str]:
        return [f"messages   {self.messages}", f"passes     {self.passes}", f"templates  {self.templates}"]


@dataclass(frozen=True, slots=True)
class DatabaseRecords:
    """What the database holds after the run."""

    executed: set[str]
    receipts: list[str]
    dead: int
    broken: int


async def count_results(
    engine: Engine, vault: Vault, traffic: Traffic, walkers: list[Walker], readers: list[str]
) -> Result:
    """Compare what walkers and readers were told with the records."""
    recorded = await _recorded(engine, vault)
    executed, receipts, counts = recorded.executed, recorded.receipts, traffic.counts
    told = _told(traffic, receipts)
    unfiled = len(set(counts.answered) - executed)
    unrecorded = max(0, sum(len(walker.tickets) for walker in walkers) - len(receipts))
    untold = len(receipts) - len(told)
    greetings = [_templates(traffic, reader) for reader in readers]
    lost = unfiled + unrecorded + untold + greetings.count(0) + recorded.dead + recorded.broken
    return Result(
        messages=(
            f"{counts.sent} in, {len(counts.answered)} answered, {len(counts.busy)} told busy, "
            f"{counts.unanswered} unanswered, {unfiled} lost, {counts.late} late; "
            f"{len(executed.intersection(counts.busy))} executed although told busy"
        ),
        passes=(
            f"{len(receipts)} recorded, {len(told)} told, {unrecorded + untold} lost, "
            f"{sum(times - 1 for times in told.values())} doubled, "
            f"{sum(wait > TOLD_IN_TIME for walker in walkers for wait in walker.waits)} late"
        ),
        templates=_said_of_templates(greetings, counts, recorded),
        lost=lost,
    )


async def _recorded(engine: Engine, vault: Vault) -> DatabaseRecords:
    async with engine.connect() as conn:
        executed = set((await conn.execute(select(inbox.c.key))).scalars())
        receipts = list((await conn.execute(select(certifications.c.receipt))).scalars())
        dead = await _count(conn, outbox.c.dead)
    async with engine.connect() as conn:  # of its own: it sees one moment, from its first statement on
        return DatabaseRecords(executed, receipts, dead, len(await Audit("operator", vault).verify(conn)))


def _said_of_templates(greetings: list[int], counts: MessageCounts, recorded: DatabaseRecords) -> str:
    return (
        f"{len(greetings)} queued, {sum(map(bool, greetings))} delivered, {greetings.count(0)} lost, "
        f"{sum(max(0, times - 1) for times in greetings)} doubled; "
        f"{counts.unreported} reports unanswered, {recorded.dead} rows given up, "
        f"{recorded.broken} faults in the audit trail"
    )


async def _count(conn: Connection, condition) -> int:
    return (await conn.execute(select(func.count()).select_from(outbox).where(condition))).scalar_one()


def _told(traffic: Traffic, receipts: list[str]) -> Counter[str]:
    wanted, told = set(receipts), Counter()
    for messages in traffic.mailboxes._messages.values():
        for message in messages:
            told.update(receipt for receipt in wanted if receipt in message.text)
    return told


def _templates(traffic: Traffic, reader: str) -> int:
    return sum(one.channel is SentAs.TEMPLATE for one in traffic.mailboxes.after(reader, 0))
