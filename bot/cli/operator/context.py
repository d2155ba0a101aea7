"""Opens the database and the keys for a command, so that every fault is one line and an exit code."""

import signal
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

from bot.cli.operator.terminal import OPERATOR
from bot.clock import system_clock
from bot.database_keys import open_vault, require_current, require_keys
from bot.errors import BotError
from bot.office.case_work import CaseWork, OfficeActor
from bot.settings.command_settings import command_limits, database_url, export_url, vault_settings
from bot.settings.environment import environment
from dialogs.rules.identity import check_number
from dialogs.values import Identity, IdType
from storage.audit_trail.actions import Actor
from storage.audit_trail.audit import Audit
from storage.database import Connection, Engine, open_engine
from storage.errors import StorageError, StorageUnavailable
from storage.sealing.vault import Vault


@dataclass(frozen=True, slots=True)
class OperatorContext:
    """A database of the newest schema, and the keys that open its fields."""

    engine: Engine
    vault: Vault


@asynccontextmanager
async def opened() -> AsyncIterator[OperatorContext]:
    """Open what DATABASE_URL and DATA_KEYS name; errors of the database become a BotError.

    Keys of another database are refused, even if they have the same names: they would find nobody, and what
    they write could not be opened with the right keys.
    """
    async with opened_with_any_keys() as context:
        await require_keys(context.engine, context.vault)
        yield context


@asynccontextmanager
async def opened_with_any_keys() -> AsyncIterator[OperatorContext]:
    """Open them as `opened` does, without a check of the keys: the caller reports rows that do not open."""
    async with opened_engine() as engine:
        yield OperatorContext(engine, open_vault(vault_settings(environment())))


@asynccontextmanager
async def opened_engine() -> AsyncIterator[Engine]:
    """Open the database alone, for commands that read no sealed field; raises SchemaTooOld."""
    engine = open_engine(database_url(environment()), command_limits(environment()))
    try:
        await require_current(engine)
        yield engine
    except StorageUnavailable:
        raise  # `main` turns it into the exit code of an unreachable dependency
    except StorageError as error:
        raise BotError(str(error)) from None
    finally:
        await engine.dispose()


def document_number(id_type: IdType, typed: str) -> str:
    """Read `--id-number`, with `-` from standard input, since other accounts see arguments.

    Raises BotError for a number that cannot be of this type.
    """
    number = check_number(id_type, _prompted() if typed == "-" else typed)
    if number is None:
        message = f"--id-number is not the number of a {id_type}"
        raise BotError(message)
    return number


def _prompted() -> str:
    if sys.stdin.isatty():
        print("ID number: ", end="", file=sys.stderr, flush=True)
    with _interruptible():
        return sys.stdin.readline().strip()


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let the first Ctrl-C end a wait for the keyboard: the event loop, which handles it, is blocked here."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    of_loop = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, of_loop)


def case_work(context: OperatorContext) -> CaseWork:
    """Return the office's work on people's records, in the operator's name."""
    actor = OfficeActor(Audit(OPERATOR, context.vault), Actor.OPERATOR)
    return CaseWork(context.vault, system_clock, actor, exports=bool(export_url(environment())))


async def registered_person(
    conn: Connection, context: OperatorContext, id_type: IdType, number: str
) -> Identity:
    """Return the person as the imported registry has them; without a name if it does not.

    An outside registry is not asked for a list.
    """
    rows = await case_work(context).registered(conn, id_type, number)
    return Identity(rows[0].identity.name if rows else "", id_type, number)
