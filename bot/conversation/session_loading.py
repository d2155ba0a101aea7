"""Loads conversations without the people who have ended an agency or a binding from any account."""

from collections.abc import Iterable, Mapping

from dialogs.immutable_record import replace
from dialogs.session import AnsweredBy, Session
from storage.database import Connection
from storage.messaging.session_codec import decode
from storage.messaging.sessions import StoredSession
from storage.store import Stores

Loaded = dict[str, tuple[int, Session]]
"""Version and session by account."""


def decode_sessions(stored: Mapping[str, StoredSession], accounts: Iterable[str]) -> Loaded:
    """Open stored conversations; an account without one gets a new one."""
    found = {account: (row.version, decode(row.body)) for account, row in stored.items()}
    return {account: found.get(account) or (0, Session()) for account in accounts}


async def without_ended(stores: Stores, conn: Connection, loaded: Loaded) -> Loaded:
    """Return the conversations as 解除代办 has left them: without ended bindings and ended agencies."""
    return await _without_agencies(stores, conn, await _without_bindings(stores, conn, loaded))


async def with_open_talks(stores: Stores, conn: Connection, loaded: Loaded) -> Loaded:
    """Keep a damaged conversation, which starts again, with the clerk to whom its account is talking.

    Otherwise the bot would answer words that are meant for the clerk, whose talk would stay open.
    """
    anew = [account for account, (version, session) in loaded.items() if version and not session.touched_at]
    if not anew:
        return loaded
    talks = await stores.talks.open_of(conn, anew)
    kept = {talk.account: AnsweredBy.CLERK if talk.taken_by else AnsweredBy.QUEUE for talk in talks}
    held = {
        account: (version, replace(session, answered_by=kept[account]))
        for account, (version, session) in loaded.items()
        if account in kept
    }
    return loaded | held


async def _without_bindings(stores: Stores, conn: Connection, loaded: Loaded) -> Loaded:
    bound = [account for account, (_, session) in loaded.items() if session.person]
    if not bound:
        return loaded
    ended = await stores.bindings.ended(conn, bound)
    return {
        account: (version, session.without_person() if account in ended else session)
        for account, (version, session) in loaded.items()
    }


async def _without_agencies(stores: Stores, conn: Connection, loaded: Loaded) -> Loaded:
    relatives = [known.subject.identity for _, session in loaded.values() for known in session.others()]
    if not relatives:
        return loaded
    ended = await stores.agencies.ended(conn, relatives)
    return {
        account: (version, session.without_ended(ended)) for account, (version, session) in loaded.items()
    }
