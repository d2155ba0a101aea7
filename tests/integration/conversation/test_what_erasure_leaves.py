"""After 删除我的信息 only rows are left that the privacy page names, each with its period."""

from datetime import timedelta

from sqlalchemy import func, insert, or_, select

from bot.office.case_acts import ActKind, CaseAct
from bot.office.case_work import CaseWork, OfficeActor
from bot.office.waiting_act import ask
from dialogs.effects import TalkEnd
from dialogs.immutable_record import replace
from dialogs.session import CertifiedPerson, Session
from storage.audit_trail.actions import Actor
from storage.audit_trail.audit import Audit
from storage.database import transaction
from storage.messaging.account_bindings import AccountBindings
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.messaging.session_codec import decode, encode
from storage.messaging.sessions import Sessions
from storage.messaging.talks import Talks
from storage.records.beneficiaries import Beneficiaries
from storage.records.captures import Captures
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.records.exemptions import Exemption, ExemptionKind, Exemptions
from storage.records.person_rows import is_person
from storage.records.tasks import TaskKind, Tasks
from storage.reminders.subscriptions import Subscriptions
from storage.schema.columns import metadata
from storage.schema.messaging import rate_counters, windows
from storage.schema.talks import talk_lines
from tests.support.dialog.dialogue import NUMBER, PERSON
from tests.support.storage.factories import NOW, REQUEST, SUBJECT, TICKET, beneficiary, certification
from tests.support.storage.passes import add_pass
from tests.support.wechat.conversations import conversation_of, say

pytest_plugins = ["tests.support.storage.databases"]

OWN = replace(SUBJECT, identity=PERSON)
KEPT = {
    *("certifications", "consents", "beneficiaries"),  # the record, what was agreed to, the registry
    *("tasks", "grants", "console_approvals", "agency_ends"),  # the office's acts, who may no longer act
    *("captures", "inbox", "outbox", "talks", "windows", "tallies"),  # some days or months, by class
    "sessions",  # blank: that an account wrote
}
DELETED = {"account_bindings", "subscriptions", "templates"}


async def filled(engine, vault):
    own = replace(Session(), person=PERSON, people=(CertifiedPerson(OWN, NOW.date(), NOW),), subscribed=True)
    async with transaction(engine) as conn:
        await Sessions(vault).save(conn, [("anna", 0, encode(own))], NOW)
        await AccountBindings(vault).bind(conn, "anna", PERSON, NOW)
        await Beneficiaries(vault).put(conn, [beneficiary(identity=PERSON)], NOW)
        await Subscriptions(vault).begin(conn, [("anna", OWN)], NOW)
        await Enrolments(vault).put(
            conn, EnrolmentTemplate(PERSON.id_type, NUMBER, "p", b"face", "file", b"photo"), NOW
        )
        await add_pass(conn, vault, certification(identity=PERSON), TICKET, "anna")
        await Captures(vault).open(
            conn, b"t" * 32, "anna", replace(REQUEST, subject=PERSON), NOW, NOW + timedelta(minutes=9)
        )
        await Outbox(vault).put(conn, [OutboxItem("anna", OutboxKind.TEXT, "not sent yet", NOW)], NOW)
        await _by_the_office(conn, vault)
        await conn.execute(insert(windows).values(account="anna", text_at=NOW, text_sent=0, tap_sent=0))
        await conn.execute(insert(rate_counters).values(account="anna", kind="link", since=NOW, count=1))


async def _by_the_office(conn, vault):
    await Tasks(vault).settle(conn, TaskKind.ASSIST, PERSON, NOW)
    await Exemptions(vault).give(conn, Exemption(ExemptionKind.PASSIVE, PERSON, NOW.date(), "卧床", NOW))
    work = CaseWork(vault, lambda: NOW, OfficeActor(Audit("console-1", vault), Actor.CONSOLE, "li"))
    await ask(conn, work, "li", CaseAct(ActKind.DEATH, PERSON))
    await Talks(vault).hear(conn, "anna", "我叫陈建国", NOW)
    await Talks(vault).end(conn, "anna", TalkEnd.PERSON, NOW)


async def holding(engine, vault):
    """Return the tables with rows of the account or of the person."""
    found = set()
    async with engine.connect() as conn:
        for table in metadata.sorted_tables:
            theirs = [table.c.account == "anna"] if "account" in table.c else []
            if "id_type" in table.c:
                theirs.append(is_person(vault, table, PERSON.document))
            elif "number_blind" in table.c:
                theirs.append(table.c.number_blind.is_not(None))
            if theirs and await conn.scalar(select(func.count()).select_from(table).where(or_(*theirs))):
                found.add(table.name)
    return found


async def test_deletion_leaves_only_what_the_privacy_page_names(engine, vault):
    await filled(engine, vault)
    assert await holding(engine, vault) >= DELETED
    conversation = conversation_of(engine, vault, lambda: NOW)
    assert "您的信息已经删除" in await say(conversation, "anna", "删除我的信息", "确认删除")
    assert await holding(engine, vault) == KEPT
    async with engine.connect() as conn:
        (row,) = (await Sessions(vault).load(conn, ["anna"])).values()
        assert await conn.scalar(select(func.count()).select_from(talk_lines)) == 0
    assert (decode(row.body).person, decode(row.body).people) == (None, ())
