"""Reads a clerk's act from the form of the case page, and names the permission that it needs."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from bot.console.access.permissions import Permission
from bot.console.forms import Form
from bot.office.case_acts import ActKind, CaseAct, Grounds, Unfit
from bot.office.case_work import LONGEST_GRANT, LONGEST_REASON
from bot.receipts.numbers import normal_receipt
from dialogs.local_time import local_date
from dialogs.values import Identity, PassChannel, Scheme

PERMISSION_OF: Mapping[ActKind, Permission] = MappingProxyType(
    {
        ActKind.CERTIFY: Permission.CERTIFY,
        ActKind.GRANT: Permission.GRANT,
        ActKind.END_GRANT: Permission.GRANT,
        ActKind.FORGIVE: Permission.PERSON,
        ActKind.REVOKE: Permission.REVOKE,
        ActKind.DEATH: Permission.PERSON,
        ActKind.FORGET: Permission.REVOKE,
    }
)
"""Acts of a person's page; those that end a task are done where the task is, a photo has its own address."""


def read_act(kind: ActKind, person: Identity, form: Form, now: datetime) -> CaseAct | Unfit:
    """Read an act from its form."""
    match kind:
        case ActKind.CERTIFY:
            return _certification(person, form)
        case ActKind.GRANT:
            return _grant(person, form, local_date(now))
        case ActKind.REVOKE:
            return _revocation(person, form)
        case _:
            is_meant = form.get("sure") == "yes" or kind in {ActKind.FORGIVE, ActKind.END_GRANT}
            return CaseAct(kind, person) if is_meant else Unfit.INCOMPLETE


def _certification(person: Identity, form: Form) -> CaseAct | Unfit:
    scheme, channel, grounds = (form.get(name, "") for name in ("scheme", "channel", "grounds"))
    is_known = scheme in set(Scheme) and grounds in set(Grounds)
    if not is_known or channel not in {PassChannel.COUNTER, PassChannel.HOME_VISIT}:
        return Unfit.INCOMPLETE
    return CaseAct(ActKind.CERTIFY, person, Scheme(scheme), PassChannel(channel), Grounds(grounds))


def _revocation(person: Identity, form: Form) -> CaseAct | Unfit:
    receipt, words = normal_receipt(form.get("receipt", "")), written_reason(form)
    if not receipt or not words:
        return Unfit.INCOMPLETE
    return CaseAct(ActKind.REVOKE, person, receipt=receipt, words=words)


def _grant(person: Identity, form: Form, today: date) -> CaseAct | Unfit:
    try:
        until = date.fromisoformat(form.get("until", ""))
    except ValueError:
        return Unfit.BAD_UNTIL
    if not today <= until <= today + LONGEST_GRANT:
        return Unfit.BAD_UNTIL
    words = written_reason(form)
    return CaseAct(ActKind.GRANT, person, until=until, words=words) if words else Unfit.INCOMPLETE


def written_reason(form: Form) -> str:
    """Return the reason that a form gives in its own words, in one line; "" for none or one that is too long.

    Wide spaces (U+3000) and the joiners of emoji come from ordinary keyboards; they become spaces, or are
    removed.
    """
    line = " ".join(form.get("words", "").split())
    words = "".join(sign for sign in line if sign.isprintable())
    return words if len(words) <= LONGEST_REASON else ""
