"""The operator's words: what they take, and which command they run."""

import argparse
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TypeVar

from bot.cli import commands_account, commands_data, commands_receipt, commands_remind
from bot.cli import doctor as commands_check
from dialogs.values import SHANGHAI, Scheme

Words = argparse._SubParsersAction  # noqa: SLF001 - argparse gives its type no public name
_P = TypeVar("_P", bound=argparse.ArgumentParser)
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def add_operator(words: "Words[_P]") -> None:
    """Add the commands that need no more than settings and a terminal."""
    _add_certifications(words)
    _add_account(words)
    _add_receipt(words)
    _add_remind(words)
    _action(words, "audit", "the audit trail", "verify", "check every chain").set_defaults(
        run=lambda _: commands_data.run_audit_verify()
    )
    _action(words, "keys", "data keys", "rotate", "re-encrypt under the first of DATA_KEYS").set_defaults(
        run=lambda _: commands_data.run_keys_rotate()
    )
    words.add_parser("doctor", help="check this installation").set_defaults(
        run=lambda _: commands_check.run_doctor()
    )


def add_backup(actions: "Words[_P]") -> None:
    """Add `db`'s actions for copies."""
    backup = actions.add_parser("backup", help="a consistent copy while serving (SQLite)")
    backup.add_argument("file", type=Path)
    backup.set_defaults(run=lambda options: commands_data.run_backup(options.file))
    restore = actions.add_parser("restore", help="put a copy back while nothing serves (SQLite)")
    restore.add_argument("file", type=Path)
    restore.set_defaults(run=lambda options: commands_data.run_restore(options.file))


def _add_certifications(words: "Words[_P]") -> None:
    export = words.add_parser("certifications", help="every pass, people masked")
    export.add_argument("--json-lines", action="store_true", required=True, help="one JSON object a line")
    export.add_argument("--since", type=moment, default=_BEGINNING, help="a date or an ISO time (Shanghai)")
    export.add_argument("--revoked", action="store_true", help="those revoked since then instead")
    export.set_defaults(
        run=lambda options: commands_data.run_certifications(options.since, revoked=options.revoked)
    )


def _add_remind(words: "Words[_P]") -> None:
    remind = words.add_parser("remind", help="queue the reminders due on a day, once each")
    remind.add_argument("--today", type=day, default=None, help="a date (default: today in Shanghai)")
    remind.add_argument(
        "--dry-run", action="store_true", help="show counts and a masked sample, queue nothing"
    )
    remind.set_defaults(
        run=lambda options: commands_remind.run_remind(options.today, dry_run=options.dry_run)
    )


def day(text: str) -> date:
    """Read a date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = "must be a date such as 2026-05-04"
        raise argparse.ArgumentTypeError(message) from None


def _add_account(words: "Words[_P]") -> None:
    _action(words, "menu", "the account's menu", "sync", "set it").set_defaults(
        run=lambda _: commands_account.run_menu_sync()
    )
    create = _action(words, "qrcode", "entry QR codes", "create", "make one and print its address")
    create.add_argument("--scheme", choices=[scheme.value for scheme in Scheme], required=True)
    create.add_argument("--city", default="", help="GB/T 2260, six digits")
    create.set_defaults(run=lambda options: commands_account.run_qrcode(options.scheme, options.city))


def _add_receipt(words: "Words[_P]") -> None:
    actions = words.add_parser("receipt", help="receipts").add_subparsers(required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="check a receipt number, or a receipt file")
    verify.add_argument("receipt", metavar="NUMBER_OR_FILE")
    verify.add_argument("--public-key", metavar="BASE64", help="check a file with this key alone, offline")
    verify.set_defaults(
        run=lambda options: commands_receipt.run_receipt_verify(options.receipt, options.public_key)
    )
    revoke = actions.add_parser("revoke", help="revoke a pass for good")
    revoke.add_argument("receipt", metavar="NUMBER")
    revoke.add_argument("--reason", required=True)
    revoke.set_defaults(
        run=lambda options: commands_receipt.run_receipt_revoke(options.receipt, options.reason)
    )
    actions.add_parser("keys", help="print the public keys of receipts").set_defaults(
        run=lambda _: commands_receipt.run_receipt_keys()
    )


def _action(words: "Words[_P]", word: str, about: str, action: str, help_: str) -> _P:
    actions = words.add_parser(word, help=about).add_subparsers(required=True, metavar="ACTION")
    return actions.add_parser(action, help=help_)


def moment(text: str) -> datetime:
    """Read a date (its first moment) or an ISO time; without a zone it is Shanghai's."""
    try:
        at = datetime.combine(date.fromisoformat(text), time())
    except ValueError:
        at = _time(text)
    return at if at.tzinfo else at.replace(tzinfo=SHANGHAI)


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        message = "must be a date such as 2026-05-04 or an ISO time"
        raise argparse.ArgumentTypeError(message) from None
