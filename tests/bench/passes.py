"""Measures a recorded pass on PostgreSQL: processor time, bytes, write-ahead log.

Run as `python -m tests.bench.passes [WRITERS …]`, by default 1 2: that many processes record passes at once.
The face check is left out, since it needs no database: the verdict is fixed. Everything else is the
service's: ticket, consent, verdict, signed receipt, audit entry, message to the person.
"""

import asyncio
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from time import perf_counter, process_time

import psutil
from sqlalchemy import text

from bot.capture.face_pool import FacePool
from bot.capture.parts import CaptureParts
from bot.capture.service import CaptureService
from bot.capture.throttle import Throttle
from bot.capture.tickets.ticket import new_ticket
from bot.clock import system_clock
from bot.conversation.effects.planner import EffectPlanner
from bot.conversation.transaction import Conversation
from dialogs.ports import Found
from dialogs.values import CaptureRequest, Identity, IdType, Manner, Purpose, Scheme
from messages.catalogue.lookup import FACE_TERMS_VERSION
from storage.database import open_engine, transaction, upgrade
from storage.records.beneficiaries import Beneficiaries
from storage.records.captures import Captures
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.sealing.vault import Vault
from storage.store import Stores
from tests.bench.processes import postmaster, seconds_of
from tests.support.programs.killable_service import PACK, FixedVerdict
from tests.support.programs.walker import Walker
from tests.support.storage.databases import postgres_server
from tests.support.storage.factories import beneficiary

PHOTO = b"\xff\xd8\xff\xe0 a photo, to the eye"
PASSES, AT_ONCE = 300, 16
"""Per process."""
_SIZES = text("SELECT pg_database_size(current_database()), pg_current_wal_insert_lsn() - '0/0'::pg_lsn")


@dataclass(frozen=True, slots=True)
class TimeUsed:
    """Wall-clock and processor seconds for the passes of one writer."""

    elapsed: float
    processor: float


def main(numbers: list[int]) -> None:
    with postgres_server() as url:
        database = postmaster(url)
        keys = Vault.new_setting()
        asyncio.run(enrol_people(url, keys, max(numbers)))
        for writers in numbers:
            sys.stdout.write(f"{_measured(url, keys, writers, database)}\n")


def _measured(url: str, keys: str, writers: int, database: psutil.Process) -> str:
    before, sizes = seconds_of(database), asyncio.run(_sizes(url))
    with ProcessPoolExecutor(writers, get_context("spawn")) as pool:
        used = list(pool.map(_write, [url] * writers, [keys] * writers, range(writers)))
    of_database, after = seconds_of(database) - before, asyncio.run(_sizes(url))
    count, rate = PASSES * writers, sum(PASSES / one.elapsed for one in used)
    grown, logged = ((new - old) / count for new, old in zip(after, sizes, strict=True))
    of_writers = sum(one.processor for one in used)
    return (
        f"{writers} writers: {rate:,.0f} passes/s, {of_writers / count * 1e6:,.0f} µs a pass, PostgreSQL "
        f"{of_database / count * 1e6:,.0f} µs; {grown:,.0f} bytes and {logged:,.0f} of log a pass"
    )


async def _sizes(url: str) -> tuple[int, ...]:
    engine = open_engine(url)
    async with engine.connect() as conn:
        row = (await conn.execute(_SIZES)).one()
    await engine.dispose()
    return tuple(int(one) for one in row)


def _people(writer: int) -> list[Identity]:
    numbers = range(writer * PASSES, (writer + 1) * PASSES)
    return [Walker(number, None, None, b"").person for number in numbers]


async def enrol_people(url: str, keys: str, writers: int) -> None:
    """Register and enrol everybody."""
    engine, vault, now = open_engine(url), Vault.from_setting(keys), system_clock()
    await upgrade(engine)
    people = [one for writer in range(writers) for one in _people(writer)]
    async with transaction(engine) as conn:
        await Beneficiaries(vault).put(conn, [beneficiary(one.number, identity=one) for one in people], now)
        for one in people:
            await Enrolments(vault).put(
                conn, EnrolmentTemplate(IdType.RESIDENT_ID, one.number, PACK, b"t" * 512, "file"), now
            )
    await engine.dispose()


def _write(url: str, keys: str, writer: int) -> TimeUsed:
    return asyncio.run(record_passes(url, keys, writer))


async def record_passes(url: str, keys: str, writer: int) -> TimeUsed:
    """Record a pass for each person, some at once; the tickets exist before the clock starts."""
    vault, engine = Vault.from_setting(keys), open_engine(url)
    service, tickets = CaptureService(capture_parts(vault, engine)), []
    for number, one in enumerate(_people(writer)):
        ticket, key = new_ticket()
        request = CaptureRequest(Scheme.EMPLOYEE, Purpose.CERTIFY, Manner.SELF, one, "440100")
        now = system_clock()
        async with transaction(engine) as conn:
            account = f"writer-{writer}-{number}"
            await Captures(vault).open(conn, key, account, request, now, now + timedelta(hours=1))
        tickets.append(ticket)
    began, processor, waiting = perf_counter(), process_time(), iter(tickets)
    await asyncio.gather(*(_one_after_another(service, waiting) for _ in range(AT_ONCE)))
    used = TimeUsed(perf_counter() - began, process_time() - processor)
    await engine.dispose()
    return used


async def _one_after_another(service, waiting):
    for ticket in waiting:
        await service.consent(ticket, FACE_TERMS_VERSION)
        answer = await service.selfie(ticket, PHOTO)
        if answer.outcome != "passed":
            raise RuntimeError(answer.reason)


def capture_parts(vault, engine):
    conversation = Conversation(
        engine, Stores.of(vault), EffectPlanner("https://x", lambda _: "s"), system_clock
    )

    async def look_up(check):
        identity = check.subject
        return Found(beneficiary(identity.number, identity=identity), has_template=True)

    return CaptureParts(
        engine=engine,
        vault=vault,
        pool=FacePool(FixedVerdict(), queue=AT_ONCE),
        conversation=conversation,
        look_up=look_up,
        clock=system_clock,
        liveness="basic",
        throttle=Throttle(gap=0.0),
        second_look_share=0.0,
    )


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1, 2])
