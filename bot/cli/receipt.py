"""`receipt verify`, `receipt revoke`, `receipt keys`."""

import base64
from datetime import datetime
from pathlib import Path

from bot.cli.operator.context import OperatorContext, case_work, opened
from bot.cli.operator.second_person import WAITS, waits
from bot.cli.operator.terminal import Subcommands, actions_of, name_of, refuse
from bot.errors import BotError
from bot.office.case_acts import ActKind, CaseAct
from bot.office.case_work import LONGEST_REASON
from bot.receipts.lookup import ReceiptLookup, ReceiptState, ReceiptView
from bot.receipts.numbers import normal_receipt
from bot.receipts.signed_file import MOST_BYTES, SignedReceipt
from dialogs.local_time import SHANGHAI
from storage.database import connect, transaction
from storage.records.certifications import Certifications
from storage.records.receipts import Receipts
from storage.sealing.signing import decoded

ORDER = 8
"""Position of the commands in `--help`."""
_REFUSED = {
    ReceiptState.REVOKED: "revoked",
    ReceiptState.ALTERED: "the record is not what was signed",
    ReceiptState.UNSIGNED: "recorded, but from before receipts were signed",
}


def add_to(subcommands: Subcommands) -> None:
    """Add the commands."""
    actions = actions_of(subcommands, "receipt", "receipts")
    verify = actions.add_parser("verify", help="check a receipt number or a receipt file")
    verify.add_argument("receipt", metavar="NUMBER_OR_FILE")
    verify.add_argument("--public-key", metavar="BASE64", help="check a file against this key only, offline")
    verify.set_defaults(run=lambda options: run_receipt_verify(options.receipt, options.public_key))
    revoke = actions.add_parser("revoke", help="revoke a pass permanently")
    revoke.add_argument("receipt", metavar="NUMBER")
    revoke.add_argument("--reason", required=True)
    revoke.set_defaults(run=lambda options: run_receipt_revoke(options.receipt, options.reason))
    actions.add_parser("keys", help="print the public keys that verify receipts").set_defaults(
        run=lambda _: run_receipt_keys()
    )


async def run_receipt_verify(what: str, public_key: str | None) -> int:
    """Check a number or a downloaded file; with a public key only a file, offline."""
    number = normal_receipt(what)
    if number is not None and public_key is None:
        async with opened() as context:
            return _print_state(await ReceiptLookup(context.engine, context.vault).find(number), number)
    if number is not None:
        message = "--public-key checks a file; a number is asked of the database"
        raise BotError(message)
    receipt = _read(Path(what))
    if public_key is not None:
        return _print_signature(receipt, _key(public_key))
    async with opened() as context:
        return await _check_file(context, receipt)


async def _check_file(context: OperatorContext, receipt: SignedReceipt) -> int:
    """Check the file's own signature, then what the database says of its number today."""
    async with connect(context.engine) as conn:
        key = await Receipts(context.vault).public_key(conn, receipt.signature.key_id)
    if key is None or not receipt.is_signed_by(key):
        return refuse("the file is not as it was signed" if key else "signed by a key that is not ours")
    found = await ReceiptLookup(context.engine, context.vault).find(receipt.number)
    same = found is not None and found.signed is not None and found.signed.statement == receipt.statement
    if found is not None and found.state is ReceiptState.VALID and not same:
        return refuse("the record is not what the file states")
    return _print_state(found, receipt.number)


def _print_state(found: ReceiptView | None, number: str) -> int:
    if found is None:
        return refuse(f"{number}: there is no such receipt")
    if found.state is not ReceiptState.VALID:
        return refuse(f"{number}: {_REFUSED[found.state]}{_on(found.revoked_at)}")
    at = found.certification.certified_at.astimezone(SHANGHAI)
    due = found.certification.due_on.isoformat()
    print(f"{number}: valid; certified {at:%Y-%m-%d %H:%M}, next due {due}")
    return 0


def _print_signature(receipt: SignedReceipt, key: bytes) -> int:
    if not receipt.is_signed_by(key):
        return refuse("the file is not signed by this key")
    print(f"{receipt.number}: signed by this key; whether it was revoked since, only the service knows")
    return 0


def _on(at: datetime | None) -> str:
    return f" on {at.astimezone(SHANGHAI):%Y-%m-%d}" if at else ""


def _read(file: Path) -> SignedReceipt:
    try:
        with file.open("rb") as opened_file:
            content = opened_file.read(MOST_BYTES)
    except OSError as error:
        message = f"{name_of(file)}: no receipt number, and as a file: {error.strerror}"
        raise BotError(message) from None
    receipt = SignedReceipt.from_json(content.decode(errors="replace"))
    if receipt is None:
        message = f"{name_of(file)} is not a receipt file"
        raise BotError(message)
    return receipt


def _key(text: str) -> bytes:
    key = decoded(text)
    if key is None or len(key) != 32:
        message = "--public-key must be 32 bytes in base64, as `receipt keys` prints them"
        raise BotError(message)
    return key


async def run_receipt_revoke(typed: str, reason: str) -> int:
    """Revoke a pass for good: it stops counting at once, wherever it is checked."""
    number, why = normal_receipt(typed), reason.strip()
    if number is None or not 0 < len(why) <= LONGEST_REASON:
        message = f"a receipt number and a reason of 1 to {LONGEST_REASON} characters are needed"
        raise BotError(message)
    async with opened() as context, transaction(context.engine) as conn:
        made = await Certifications(context.vault).by_receipt(conn, number)
        if made and await waits(
            conn, context, CaseAct(ActKind.REVOKE, made.identity, receipt=number, words=why)
        ):
            return refuse(f"{number}: {WAITS}")
        if not await case_work(context).revoke_pass(conn, number, why):
            return refuse(f"{number}: there is no such receipt in force")
    print(f"{number}: revoked; the person must certify anew")
    return 0


async def run_receipt_keys() -> int:
    """Print the public keys that receipts were signed with, to be published: one `id base64` per line."""
    async with opened() as context:
        async with connect(context.engine) as conn:
            kept = await Receipts(context.vault).public_keys(conn)
        for key_id, key in (kept | context.vault.signing_keys()).items():
            print(key_id, base64.b64encode(key).decode())
    return 0
