"""The program `pension-bot`: arguments in, one line and an exit code out."""

import argparse
import asyncio
import logging
import sys
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import NoReturn

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.cli import commands
from bot.cli.face import add_face
from bot.cli.office import add_assistance, add_forgetting
from bot.cli.operator import add_backup, add_operator
from bot.errors import BotError, DependencyDown
from bot.settings.parsers import port
from storage.errors import StorageError

_LAST_WORDS = 0.2
"""Seconds for the SQLite driver's thread, which still reports to the loop after it failed to open a file."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 the answer is no, 2 wrong usage or setting, 3 a dependency is away."""
    options = _parser().parse_args(arguments)
    _set_up_logging()
    try:
        return asyncio.run(_run(options.run(options)))
    except BotError as error:
        print(f"pension-bot: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 0


async def _run(command: Coroutine[None, None, int]) -> int:
    try:
        return await command
    except (SQLAlchemyError, OSError) as error:
        await asyncio.sleep(_LAST_WORDS)
        message = f"the database of PENSION_BOT_DATABASE_URL does not answer ({_kind(error)})"
        raise DependencyDown(message) from None
    except StorageError as error:
        raise BotError(str(error)) from None


def _kind(error: BaseException) -> str:
    """Name the driver's own kind of error, such as a wrong password; its text may hold the address."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    return type((cause and cause.__cause__) or cause or error).__name__


def _set_up_logging() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("transitions").setLevel(logging.ERROR)  # a trigger that leads nowhere is an answer
    logging.getLogger("alembic").setLevel(logging.WARNING)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line, as every other failure does."""
        self.exit(BotError.exit_code, f"pension-bot: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="pension-bot", description="养老保险待遇领取资格认证")
    words = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_servers(words)
    _add_data(words)
    add_face(words)
    add_operator(words)
    add_assistance(words)
    return parser


Words = argparse._SubParsersAction  # noqa: SLF001 - argparse gives its type no public name


def _add_servers(words: "Words[_Parser]") -> None:
    demo = words.add_parser("demo", help="service and simulator on this machine, nothing leaves it")
    demo.add_argument("--port", type=port, default=8080)
    demo.add_argument("--data-dir", type=Path, default=Path("demo-data"))
    demo.set_defaults(run=lambda options: commands.run_demo(options.data_dir.resolve(), options.port))
    serve = words.add_parser("serve", help="the service, from settings")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=port, default=8000)
    serve.add_argument("--no-worker", action="store_true", help="leave delivery to `worker`")
    serve.set_defaults(
        run=lambda options: commands.run_serve(options.host, options.port, worker=not options.no_worker)
    )
    words.add_parser("worker", help="delivery alone, beside `serve --no-worker`").set_defaults(
        run=lambda _: commands.run_worker()
    )


def _add_data(words: "Words[_Parser]") -> None:
    database = words.add_parser("db", help="the database").add_subparsers(required=True, metavar="ACTION")
    database.add_parser("upgrade", help="bring it to the newest schema").set_defaults(
        run=lambda _: commands.run_upgrade()
    )
    add_backup(database)
    registry = words.add_parser("registry", help="beneficiaries").add_subparsers(
        required=True, metavar="ACTION"
    )
    load = registry.add_parser("import", help="read a registry file (CSV or XLSX)")
    load.add_argument("file", type=Path)
    load.set_defaults(run=lambda options: commands.run_import(options.file))
    faces = words.add_parser("faces", help="enrolment").add_subparsers(required=True, metavar="ACTION")
    add_forgetting(faces)
    enrol = faces.add_parser("enroll", help="make templates of the photos that a file names (CSV or XLSX)")
    enrol.add_argument("file", type=Path)
    enrol.set_defaults(run=lambda options: commands.run_enrol(options.file))


if __name__ == "__main__":
    sys.exit(main())
