"""`db upgrade` with the keys of another installation is refused, and nothing is half migrated."""

import pytest
from sqlalchemy import bindparam, text

from dialogs.session import Session
from storage.database import fit_of, transaction, upgrade
from storage.errors import BadKeys
from storage.messaging.session_codec import encode
from storage.schema.columns import UtcDateTime, bound_context
from storage.schema.version import SchemaFit
from storage.sealing.vault import Vault
from tests.support.dialog.dialogue import PERSON
from tests.support.storage.factories import NOW
from tests.support.storage.old_schema import engine_at_revision

pytest_plugins = ["tests.support.storage.databases"]

FOREIGN = Vault.from_setting(Vault.new_setting())
"""Keys of another installation, under the same name as the database's own."""

_SESSION = "INSERT INTO sessions (account, version, body, updated_at) VALUES ('a', 1, :sealed, :now)"
_ACCOUNT = (
    "INSERT INTO console_accounts"
    " (name, role, password_hash, is_new, totp_secret, totp_step, failures, created_at)"
    " VALUES ('li', 'clerk', 'hash', false, :sealed, 0, 0, :now)"
)
HELD = {
    "0016": (_SESSION, encode(Session(person=PERSON)), "sessions.body"),
    "0017": (_SESSION, encode(Session(person=PERSON)), "sessions.body"),
    "0020": (_ACCOUNT, "SECRET", bound_context("console_accounts.totp_secret", "li", "clerk")),
}
"""By revision, what was stored before a migration that decrypts it."""


@pytest.mark.parametrize("revision", HELD)
async def test_upgrade_with_keys_of_another_installation_changes_nothing(database_url, vault, revision):
    statement, plain, place = HELD[revision]
    async with engine_at_revision(database_url, revision) as engine:
        async with transaction(engine) as conn:
            held = {"sealed": vault.seal(plain, place), "now": NOW}
            await conn.execute(text(statement).bindparams(bindparam("now", type_=UtcDateTime())), held)
        with pytest.raises(BadKeys, match="DATA_KEYS open nothing of what this database holds"):
            await upgrade(engine, lambda: FOREIGN)
        assert await fit_of(engine) is SchemaFit.OLDER
        await upgrade(engine, lambda: vault)
        assert await fit_of(engine) is SchemaFit.CURRENT
