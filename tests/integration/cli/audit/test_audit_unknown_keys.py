"""`audit verify` over rows and chains under an unknown key: they are reported, and the rest is checked."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from dialogs.session import Session
from storage.audit_trail.audit import subject_of
from storage.audit_trail.verification import UNKNOWN_KEY
from storage.database import transaction
from storage.messaging.session_codec import encode
from storage.messaging.sessions import Sessions
from storage.schema.captures import certifications, receipt_keys
from storage.schema.messaging import sessions
from storage.schema.office import audit, audit_chains, grants
from tests.support.programs.audited_office import NUMBER, VAULT
from tests.support.storage.factories import NOW, PERSON, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

WHO = ("--id-type", PERSON.id_type, "--id-number", PERSON.number)


def under_an_unknown_key(sealed):
    """Put an unknown key into the header of a sealed value, as an overwritten row may have."""
    return sealed[:2] + b"zz" + sealed[4:]


async def test_rows_under_an_unknown_key_are_reported_and_the_rest_is_checked(office):
    async with transaction(office.engine) as conn:
        await Sessions(VAULT).save(conn, [("own", 0, encode(Session()))], NOW)
        await add_pass(conn, VAULT, certification("AAAA-2222"), b"t" * 32)
    (passed, _), (session,) = await office.rows(certifications), await office.rows(sessions)
    hidden = {name: under_an_unknown_key(passed[name]) for name in ("people", "revocation")}
    await office.write(
        update(sessions).values(body=under_an_unknown_key(session["body"])),
        update(certifications).where(certifications.c.receipt == NUMBER).values(hidden),
    )
    who = subject_of(VAULT, "own")
    assert await office.findings() == [
        f"receipt {NUMBER}: sealed under a key that DATA_KEYS lacks",
        "receipt AAAA-2222: no entry in the trail",
        "certifications: 1 rows are sealed under a key that DATA_KEYS lacks: 1",
        f"sessions: 1 rows are sealed under a key that DATA_KEYS lacks: {who}",
    ]


async def test_exemption_under_an_unknown_key_is_reported(office):
    until = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    await office.run("grant", "passive", *WHO, "--until", until, "--reason", "bed")
    (grant,) = await office.rows(grants)
    await office.write(update(grants).values(reason=under_an_unknown_key(grant["reason"])))
    assert f"grant {grant['id']}: sealed under a key that DATA_KEYS lacks" in await office.findings()


async def test_public_key_with_a_proof_under_an_unknown_key_is_reported(office):
    (key,) = await office.rows(receipt_keys)
    await office.write(update(receipt_keys).values(proof=under_an_unknown_key(key["proof"])))
    (found,) = await office.findings()
    assert found.startswith("receipt_keys: 1 rows are sealed under a key that DATA_KEYS lacks")


async def test_chain_under_an_unknown_key_is_reported_once_and_others_are_checked(office):
    (chain,) = [row for row in await office.rows(audit_chains) if row["writer"] == "captures-1"]
    hidden = under_an_unknown_key(chain["secret"])
    await office.write(
        update(audit_chains).where(audit_chains.c.writer == "captures-1").values(secret=hidden),
        update(audit).where(audit.c.writer == "conversation-1", audit.c.serial == 2).values(detail="other"),
    )
    said = await office.findings()
    assert said[:2] == [
        "conversation-1#2",
        f"captures-1: the chain's key is {UNKNOWN_KEY}, its 1 entries are not checked",
    ]
