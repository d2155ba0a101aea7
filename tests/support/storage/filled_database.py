"""A database in which every sealed field holds something, under an old data key."""

from bot.office.case_acts import ActKind, CaseAct, to_json
from storage.audit_trail.audit import Audit, AuditEntry
from storage.console.accounts import ConsoleAccounts, Credentials, Role
from storage.console.approvals import Approvals, TurnedDown
from storage.console.case_looks import CaseLook, CaseLooks
from storage.console.loads import LoadKind, Loads, LoadState, NewLoad
from storage.console.sessions import ConsoleSession, ConsoleSessions, SignInStage
from storage.console.waiting_photos import WaitingPhoto, WaitingPhotos
from storage.database import transaction
from storage.messaging.access_tokens import SharedTokenStore, StoredToken
from storage.messaging.account_bindings import AccountBindings
from storage.messaging.inbox import Executed, Inbox
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.messaging.sessions import Sessions
from storage.messaging.talks import Talks
from storage.records.agencies import Agencies
from storage.records.beneficiaries import Beneficiaries
from storage.records.captures import Captures
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.records.exemptions import Exemption, ExemptionKind, Exemptions
from storage.records.receipts import Receipts
from storage.records.tasks import TaskKind, Tasks
from storage.reminders.subscriptions import Subscriptions
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY, NEW_KEY
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

OLD, BOTH, NEW = (Vault.from_setting(keys) for keys in (KEY, f"{NEW_KEY},{KEY}", NEW_KEY))


async def fill_sealed_fields(engine, vault=OLD):
    """Write something in every sealed field."""
    async with transaction(engine) as conn:
        await _fill_records(conn, vault)
        await _fill_messaging(conn, vault)
        await _fill_console(conn, vault)
    await SharedTokenStore(engine, vault, "wx-app", lambda: NOW).put(StoredToken("token", 60, 120))


async def _fill_records(conn, vault):
    await Beneficiaries(vault).put(conn, [beneficiary()], NOW)
    await add_pass(conn, vault, certification())
    await add_pass(conn, vault, certification("R9"), OTHER_TICKET)
    await Receipts(vault).revoke(conn, "R9", "why", NOW)
    await Captures(vault).open(conn, TICKET, "a", REQUEST, NOW, NOW + MINUTE)
    await Agencies(vault).end(conn, PERSON, NOW)
    await AccountBindings(vault).bind(conn, "a", PERSON, NOW)
    await Enrolments(vault).put(
        conn, EnrolmentTemplate(PERSON.id_type, PERSON.number, "p", b"face", "file", b"photo"), NOW
    )
    await Subscriptions(vault).begin(conn, [("a", SUBJECT)], NOW)
    await Tasks(vault).add(conn, [(TaskKind.DEATH, PERSON)], NOW)
    await Exemptions(vault).give(conn, Exemption(ExemptionKind.PASSIVE, PERSON, NOW.date(), "why", NOW))


async def _fill_messaging(conn, vault):
    await Inbox(vault).put(conn, [Executed("key", "a", "reply", "heard"), Executed("open", "a", None)], NOW)
    await Talks(vault).hear(conn, "a", "words", NOW)
    await Sessions(vault).save(conn, [("a", 0, "{}")], NOW)
    await Outbox(vault).put(conn, [OutboxItem("a", OutboxKind.TEXT, "words", NOW, fallback="{}")], NOW)
    await Audit("serve-1", vault).append(conn, [AuditEntry("bot", "open", "s1")], NOW)


async def _fill_console(conn, vault):
    await CaseLooks(vault).keep(conn, b"token", CaseLook(1, PERSON, NOW), NOW)
    await Approvals(vault).ask(conn, "{}", "li", NOW)
    await Approvals(vault).ask(conn, to_json(CaseAct(ActKind.DEATH, PERSON)), "li", NOW)
    declined = await Approvals(vault).decide(conn, 2, "wang", NOW)
    await Approvals(vault).turn_down(conn, declined, TurnedDown("declined", "why"))
    await ConsoleAccounts(vault).add(conn, "li", Role.CLERK, Credentials("hash", "SECRET"), NOW)
    session = ConsoleSession(b"token", 1, SignInStage.SIGNED_IN, b"browser", NOW, NOW)
    await ConsoleSessions(vault).begin(conn, session, NOW)
    await WaitingPhotos(vault).keep(conn, WaitingPhoto("p", b"face", b"picture", NOW))
    await fill_load(conn, Loads(vault))


async def fill_load(conn, loads):
    """Upload a file to the console that is not a list of people."""
    number = await loads.begin(conn, NewLoad(LoadKind.REGISTRY, "li", "people.csv"), NOW)
    await loads.received(conn, await loads.find(conn, number), 1, b"digest", NOW)
    await loads.end(conn, await loads.find(conn, number), LoadState.UNREADABLE, NOW, "fault")
