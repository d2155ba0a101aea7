"""Details of audit entries in the reader's words; numbers, days, receipts and accounts stay as they are."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from bot.office.case_acts import ActKind
from messages.catalogue.phrases import (
    CHANNEL_NAMES,
    CONSOLE_ACTIONS,
    CONSOLE_ACTS,
    CONSOLE_AUDIT_DETAILS,
    CONSOLE_FAILURES,
    CONSOLE_GROUNDS,
    CONSOLE_KEY_ROTATION,
    CONSOLE_LOOKS,
    CONSOLE_RESULTS,
    CONSOLE_ROLES,
    CONSOLE_TALK_ENDS,
    CONSOLE_TRAIL_CUT,
    CONSOLE_VISIT_RESULTS,
    SCHEME_NAMES,
    Phrase,
)
from messages.language.codes import Language
from storage.audit_trail.actions import AuditAction

Words = Mapping[str, Phrase]
_COMMON: Words = MappingProxyType(
    dict(CONSOLE_FAILURES)
    | dict(CONSOLE_RESULTS)
    | dict(CONSOLE_GROUNDS)
    | dict(CHANNEL_NAMES)
    | dict(SCHEME_NAMES)
    | dict(CONSOLE_AUDIT_DETAILS)
)
_ACTS: Words = MappingProxyType({kind.value: CONSOLE_ACTS[kind.name.lower()] for kind in ActKind})
_PASSES: Words = MappingProxyType({"registry": CHANNEL_NAMES["registry"]})
_OWN: Mapping[str, Words] = MappingProxyType(
    {
        AuditAction.APPROVAL_ASKED: _ACTS,
        AuditAction.APPROVAL_GIVEN: _ACTS,
        AuditAction.APPROVAL_REFUSED: _ACTS,
        AuditAction.APPROVAL_SAME_BROWSER: _ACTS,
        AuditAction.AUDIT_CUT: CONSOLE_TRAIL_CUT,
        AuditAction.AUDIT_READ: CONSOLE_ACTIONS,
        AuditAction.CAPTURE_PASSED: _PASSES,
        AuditAction.CASE_NOT_FOUND: CONSOLE_LOOKS,
        AuditAction.CASE_OPENED: CONSOLE_LOOKS,
        AuditAction.CERTIFIED_BY_OFFICE: _PASSES,
        AuditAction.CONSOLE_ACCOUNT_ADDED: CONSOLE_ROLES,
        AuditAction.CONSOLE_REFUSED: _ACTS,
        AuditAction.CONSOLE_SIGNED_IN: CONSOLE_ROLES,
        AuditAction.KEYS_ROTATED: CONSOLE_KEY_ROTATION,
        AuditAction.TALK_ENDED: CONSOLE_TALK_ENDS,
        AuditAction.VISIT_RECORDED: CONSOLE_VISIT_RESULTS,
    }
)
"""Words that an action has in addition to the common ones, or in another sense."""
_WORDS: Mapping[str, Words] = MappingProxyType(
    {action: MappingProxyType({**_COMMON, **own}) for action, own in _OWN.items()}
)
"""All words of each action that has its own."""

_BEGINS_WITH_ACCOUNT = frozenset(
    {
        AuditAction.CONSOLE_ACCOUNT_ADDED,
        AuditAction.CONSOLE_ACCOUNT_DISABLED,
        AuditAction.CONSOLE_ACCOUNT_RESET,
    }
)
_OF_HOLDER = frozenset({AuditAction.TASKS_READ, AuditAction.TASKS_EXPORTED})
_BY = "by:"
"""Precedes the account whose tasks were read."""
_NAME_FOLLOWS = frozenset({"asked by", "account"})
_LONGEST = 4
"""Words of the longest stored phrase."""


def in_words(action: str, stored: str, language: Language) -> str:
    """Return an entry's details in words, for its action."""
    table, words = _WORDS.get(action, _COMMON), stored.split()
    if action == AuditAction.TASK_HANDED_ON and stored != "all":
        return stored
    if action in _OF_HOLDER and stored.startswith(_BY):
        return stored.removeprefix(_BY)
    kept = 1 if action in _BEGINS_WITH_ACCOUNT else 0
    shown = [*words[:kept], *_translated(words[kept:], table, language)]
    return " ".join(shown)


def _translated(words: Sequence[str], table: Words, language: Language) -> Iterator[str]:
    at = 0
    while at < len(words):
        phrase, length = _longest(words[at:], table)
        key = " ".join(words[at : at + length]).rstrip(";,:")
        yield phrase.spoken(language) if phrase else words[at]
        at += length
        if phrase and key in _NAME_FOLLOWS and at < len(words):
            yield words[at]
            at += 1


def _longest(words: Sequence[str], table: Words) -> tuple[Phrase | None, int]:
    """Return the phrase of as many of the first words as possible, and their number."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        key = " ".join(words[:length]).rstrip(";,:")
        if key in table:
            return table[key], length
    return None, 1
