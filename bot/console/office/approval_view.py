"""Texts of acts that wait for a second person, and of acts that one has turned down."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.console.person.turned_down import why_words
from bot.console.words import act_words, local_minute, masked_words
from bot.office.case_acts import ActKind, CaseAct, from_json
from dialogs.values import Document, Identity
from messages.catalogue.formats import day
from messages.catalogue.phrases import (
    CONSOLE,
    CONSOLE_GROUNDS,
    CONSOLE_RESULTS,
    SCHEME_NAMES,
    channel_name,
)
from messages.language.codes import Language
from storage.console.approvals import Approval


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One act in words; `is_own` if the reader asked for it; a damaged waiting act can be declined.

    `why` says why an act that no longer waits was turned down. `is_reported_dead` if the person may be, and
    the pension would go on.
    """

    id: int
    act: str
    name: str
    document: str
    facts: str
    asked_by: str
    asked_at: str
    is_own: bool
    is_damaged: bool
    photo: int
    why: str = ""
    is_reported_dead: bool = False


_GOES_ON = frozenset({ActKind.CERTIFY, ActKind.SEEN_AT_HOME, ActKind.GRANT, ActKind.ENROL, ActKind.GIVE_UP})
"""Acts after which a pension may go on: who approves one has to know of a reported death."""


def people_of(waiting: Sequence[Approval]) -> list[Identity]:
    """Return whose pensions may go on after these acts."""
    acts = [act for act in map(act_of, waiting) if act]
    return [act.person for act in acts if act.kind in _GOES_ON]


def act_of(one: Approval | None) -> CaseAct | None:
    """Return the act; None if it cannot be read here."""
    return from_json(one.act) if one and one.act else None


def approval_row(
    one: Approval, language: Language, account: str, dead: Collection[Document] = ()
) -> ApprovalRow:
    """Return one as an account reads it; `dead` are people who are reported dead."""
    act = act_of(one)
    name, document = masked_words(act.person, language) if act else ("", "")
    return ApprovalRow(
        one.id,
        act_words(act.kind, language) if act else CONSOLE["damaged"].spoken(language),
        name,
        document,
        _facts(act, language) if act else "",
        one.asked_by,
        local_minute(one.asked_at, language),
        one.asked_by == account,
        act is None,
        act.photo if act else 0,
        _why(one, language),
        act is not None and act.kind in _GOES_ON and act.person.document in dead,
    )


def _facts(act: CaseAct, language: Language) -> str:
    """Return what an act says in addition to its person."""
    facts = [
        SCHEME_NAMES[act.scheme].spoken(language) if act.scheme else "",
        channel_name(act.channel).spoken(language) if act.channel else "",
        CONSOLE_GROUNDS[act.grounds].spoken(language) if act.grounds else "",
        day(act.until, language) if act.until else "",
        CONSOLE_RESULTS[act.result].spoken(language) if act.kind is ActKind.GIVE_UP and act.result else "",
        act.receipt,
        act.words,
    ]
    return " · ".join(filter(None, facts))


def _why(one: Approval, language: Language) -> str:
    if one.turned_down is None or one.decided_at is None:
        return ""
    at = local_minute(one.decided_at, language)
    return f"{at} {why_words(one.turned_down, one.decided_by, language)}"
