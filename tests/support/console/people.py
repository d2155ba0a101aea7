"""People whose cases the clerks of tests open."""

import re
from dataclasses import replace
from datetime import date

from dialogs.values import Identity, IdType, Manner, Purpose
from storage.console.accounts import Role
from storage.database import transaction
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.records.beneficiaries import Beneficiaries
from storage.records.captures import Captures
from storage.records.consents import ConsentKind, Consents
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.reminders.subscriptions import Subscriptions
from tests.support.storage.factories import (
    MINUTE,
    NOW,
    OTHER_TICKET,
    PERSON,
    REQUEST,
    SUBJECT,
    TICKET,
    beneficiary,
    certification,
)
from tests.support.storage.passes import add_pass

RECEIPT, OTHER_RECEIPT = "2A3B-4C5D", "9X8W-7V6T"
ACCOUNT = "openid-of-chen"
NEIGHBOUR = Identity("邻居·王", IdType.PASSPORT, "E7654321")
CERTIFY = {"scheme": "employee", "channel": "counter", "grounds": "document"}
"""The form fields of a certification at the counter."""


async def put_people(parts):
    """Store one person with a long history, and a neighbour with a pass."""
    vault = parts.vault
    row = replace(beneficiary(), last_certified=date(2025, 4, 9))
    neighbour = replace(beneficiary(), identity=NEIGHBOUR)
    async with transaction(parts.engine) as conn:
        await Beneficiaries(vault).put(conn, [row, neighbour], NOW)
        await add_pass(conn, vault, certification(RECEIPT), TICKET, ACCOUNT)
        await add_pass(
            conn, vault, certification(OTHER_RECEIPT, identity=NEIGHBOUR, agent=None), OTHER_TICKET, "other"
        )
        captures, request = Captures(vault), replace(REQUEST, manner=Manner.SELF, agent=None)
        assert request.purpose is Purpose.CERTIFY
        await captures.open(conn, TICKET, ACCOUNT, request, NOW - MINUTE, NOW + MINUTE)
        await captures.consent(conn, TICKET, "v", NOW)
        await captures.finish(conn, TICKET, "failed", "mismatch", NOW)
        await Consents().add(conn, [(ACCOUNT, ConsentKind.FACE, "2026")], NOW)
        await Subscriptions(vault).begin(conn, [(ACCOUNT, SUBJECT)], NOW)
        await Enrolments(vault).put(
            conn, EnrolmentTemplate(PERSON.id_type, PERSON.number, "p", b"face", "file"), NOW
        )
        sent = await Outbox(vault).put(conn, [OutboxItem(ACCOUNT, OutboxKind.TEXT, "secret", NOW)] * 2, NOW)
        await Outbox(vault).dead(conn, sent[0], "45015", NOW)


async def submit_act(desk, path, kind, **fields):
    """View an opened case and press one of its buttons; return the key of the message shown."""
    await desk.get(path)
    answer = await desk.post(f"{path}/{kind}", **fields)
    assert answer.location, answer.words
    return answer.location.partition("flash=")[2]


async def plan_visit(desk, task, **fields):
    """Plan a visit from the current list of tasks; return the redirect's address."""
    page = await desk.get("tasks")
    was = re.search(rf'/tasks/{task}/plan.*name="was" value="([^"]*)"', page.text)
    return (await desk.post(f"tasks/{task}/plan", was=was[1] if was else "", **fields)).location


async def open_case(desk, number=PERSON.number, reason="call"):
    """Find a person and open the case; return its path below `/admin/`."""
    await desk.get("person")
    answer = await desk.post("person", number=number, reason=reason)
    assert answer.status == 303, answer.words
    path = answer.location.removeprefix("/admin/")
    await desk.get(path)
    return path


async def open_case_twice(office):
    """Let two supervisors open the same case; return each one's browser and path."""
    desks = [await office.sign_in(name, Role.SUPERVISOR) for name in ("one", "two")]
    return [(desk, await open_case(desk)) for desk in desks]
