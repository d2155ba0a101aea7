"""Texts of the loading page: the open load with its progress, and the history."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.loading.receiving import MOST_BYTES
from bot.console.words import city_words, local_minute
from messages.catalogue.phrases import CONSOLE_LOAD_KINDS, CONSOLE_LOAD_STATES, CONSOLE_LOADING
from messages.language.codes import Language
from storage.console.loads import Load, LoadKind, LoadState, UnknownLoad
from storage.registry.importing.refused_lines import RefusedLine
from storage.registry.importing.row_counts import RowCounts
from storage.sheets.faults import BadFile, FileFault

_COUNTED = frozenset({LoadState.COUNTED, LoadState.APPLYING, LoadState.APPLIED})
_MOVING = frozenset({LoadState.RECEIVING, LoadState.COUNTING, LoadState.APPLYING})


@dataclass(frozen=True, slots=True)
class LoadLine:
    """One load in words; `counts` are those of its last stage, as pairs of a word and a number."""

    id: int
    kind: str
    state: str
    tone: str
    file_name: str
    size: str
    account: str
    began: str
    applied_by: str
    cancelled_by: str
    city: str
    counts: Sequence[tuple[str, int]]
    fault: str
    has_rejects: bool
    has_missing: bool


@dataclass(frozen=True, slots=True)
class OpenLoad:
    """The open load: its line, its progress (rows of rows), and what may be done to it."""

    line: LoadLine
    rows: int
    of: int
    is_moving: bool
    waits: bool
    may_cancel: bool
    duplicate: str


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """A load that this release does not know: why nothing else starts, and whether it may be cancelled."""

    id: int
    says: str
    may_cancel: bool


def load_line(load: Load, language: Language, files: Sequence[str]) -> LoadLine:
    """Return the words of a load; `files` are the lists of it that can be downloaded."""
    return LoadLine(
        load.id,
        CONSOLE_LOAD_KINDS[load.kind].spoken(language),
        CONSOLE_LOAD_STATES[load.state].spoken(language),
        {LoadState.APPLIED: "good", LoadState.UNREADABLE: "bad", LoadState.BROKEN: "bad"}.get(
            load.state, "plain"
        ),
        load.file_name,
        _size(load.size),
        load.account,
        local_minute(load.began_at, language),
        load.applied_by,
        load.cancelled_by,
        city_words(load.city, language) if load.city else "",
        _counts(load, language),
        _fault(load, language),
        "rejected" in files,
        "missing" in files,
    )


def open_load(
    load: Load, duplicate: Load | None, language: Language, files: Sequence[str], *, may_cancel: bool
) -> OpenLoad:
    """Return the words of the open load; `duplicate` is an earlier load of the same file."""
    return OpenLoad(
        load_line(load, language, files),
        _stage(load).rows,
        load.rows,
        load.state in _MOVING,
        load.state is LoadState.COUNTED,
        may_cancel,
        _duplicate(duplicate, language) if duplicate else "",
    )


def refused_lines(load: Load, first: Sequence[RefusedLine], language: Language) -> list[str]:
    """Return the words of a load's first refused lines, and of how many others there are."""
    line, others = CONSOLE_LOADING["refused_line"].spoken(language), _stage(load).refused - len(first)
    shown = [line.format(line=one.line, reason=one.reason) for one in first]
    if shown and others:
        shown.append(CONSOLE_LOADING["more_refused"].spoken(language).format(count=others))
    return shown


def unknown_load(load: UnknownLoad, language: Language, *, may_cancel: bool) -> UnknownLine:
    """Return the words of a load that this release does not know."""
    at = local_minute(load.began_at, language)
    says = CONSOLE_LOADING["unknown_says"].spoken(language)
    return UnknownLine(load.id, says.format(number=load.id, at=at, account=load.account), may_cancel)


def most(kind: LoadKind) -> str:
    """Return how large a file may be."""
    return _size(MOST_BYTES[kind])


def _duplicate(earlier: Load, language: Language) -> str:
    at, state = local_minute(earlier.began_at, language), CONSOLE_LOAD_STATES[earlier.state]
    said: str = CONSOLE_LOADING["same_file"].spoken(language)
    return said.format(at=at, account=earlier.account, state=state.spoken(language))


def _stage(load: Load) -> RowCounts:
    return load.applied if load.state in {LoadState.APPLYING, LoadState.APPLIED} else load.counted


def _counts(load: Load, language: Language) -> list[tuple[str, int]]:
    """Return the counts that a load has; before a file is counted there are none."""
    counts = _stage(load)
    named = {
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "refused": counts.refused,
        "held": load.held,
        "missing": load.missing,
    }
    return [
        (CONSOLE_LOADING[word].spoken(language), number)
        for word, number in named.items()
        if (load.rows or load.state in _COUNTED) and number is not None
    ]


def _fault(load: Load, language: Language) -> str:
    fault, _, detail = load.fault.partition("\n")
    return BadFile(FileFault(fault), detail).reason(language) if fault in set(FileFault) else ""


def _size(size: int) -> str:
    """Return a file's size; "" while it arrives."""
    if size < 1024**2:
        return f"{math.ceil(size / 1024)} KB" if size else ""
    megabytes = size / 1024**2
    return f"{megabytes:.0f} MB" if megabytes >= 10 else f"{megabytes:.1f} MB"
