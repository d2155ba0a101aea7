"""Runs `face attack`: reads clips and photos, tries every kind, writes attempts and passes per kind."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from face.attack.bench import Bench, counted, materials_of
from face.attack.clips import Clip, read_clip, read_people
from face.attack.kinds import ATTACKS, GENUINE
from face.attack.report import AttackReport, KindResult, sources_of
from face.liveness.risk.decision import RiskProfile
from face.models.pack import Pack
from face.values import FaceError, Picture, Reason, ReportUnwritable

Advance = Callable[[int], None]


class BadFootage(FaceError):
    """A clip or a folder of photos cannot be used; the text is one line that names it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Scope of a run: files, and the tries of a kind as shapes and through the whole pipeline.

    `people` is a folder of photos of other people, one subfolder per person; None for the packaged ones.
    """

    clips: tuple[Path, ...]
    people: Path | None
    out: Path
    tries: int
    pipeline: int
    seed: int
    profile: RiskProfile | None = None
    kinds: tuple[str, ...] = (*ATTACKS, *GENUINE)

    @property
    def honest(self) -> int:
        """Tries of honest people through the pipeline: a third more, since their rate matters most."""
        return self.pipeline * 4 // 3

    @property
    def total(self) -> int:
        """The tries of all kinds together."""
        attacks = sum(kind in ATTACKS for kind in self.kinds)
        honest = len(self.kinds) - attacks
        return len(self.kinds) * self.tries + attacks * self.pipeline + honest * self.honest


def prepare(plan: Plan, pack: Pack, threshold: float) -> Bench:
    """Read all input and measure each frame once; raises BadFootage for an unusable file."""
    films = [_film(clip) for clip in plan.clips]
    materials = materials_of(pack, films, _photos(plan.people))
    if isinstance(materials, int):
        message = f"{plan.clips[materials].name}: no face at rest before the camera in it"
        raise BadFootage(message)
    return Bench(pack, threshold, materials, plan.seed, plan.profile)


def _film(clip: Path) -> Clip:
    film = read_clip(clip) if clip.exists() else None
    if film is None:
        message = f"{clip.name}: no clip (GIF, MP4, MOV or WebM), and no folder with photos of one person"
        raise BadFootage(message)
    return film


def _photos(folder: Path | None) -> tuple[Picture, ...]:
    if folder is None:
        return ()
    photos = read_people(folder) if folder.is_dir() else ()
    if not photos:
        message = f"--people: {folder.name} has no photos in it"
        raise BadFootage(message)
    return photos


def run(plan: Plan, bench: Bench, advance: Advance) -> AttackReport:
    """Try every kind of the plan; `advance` is called with 1 after each try."""
    attacks, genuine = ([kind for kind in table if kind in plan.kinds] for table in (ATTACKS, GENUINE))
    return AttackReport(
        bench,
        sources_of(bench),
        [_outcome(bench, kind, plan.tries, plan.pipeline, advance) for kind in attacks],
        [_outcome(bench, kind, plan.tries, plan.honest, advance) for kind in genuine],
    )


def _outcome(bench: Bench, kind: str, tries: int, pipeline: int, advance: Advance) -> KindResult:
    began = time.monotonic()
    numbers = counted(kind, _counted(bench.numbers(kind, tries), advance))
    pictures = counted(kind, _counted(bench.pictures(kind, pipeline), advance))
    return KindResult(numbers, pictures, time.monotonic() - began)


def _counted(reasons: Iterator[Reason], advance: Advance) -> Sequence[Reason]:
    done = []
    for reason in reasons:
        done.append(reason)
        advance(1)
    return done


def write(report: AttackReport, folder: Path) -> None:
    """Write `report.json`; raises ReportUnwritable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(report.fields(), indent=1, ensure_ascii=False)
        (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        message = f"--out: {error.strerror}"
        raise ReportUnwritable(message) from None
