"""`face attack`: clips and photos in, attempts and passes per kind out. The bench is `face.attack`'s."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BadSetting, BotError
from face import Pack, PackUnavailable, Reason, load_pack
from face.attack.bench import Bench, counted, stocks_of
from face.attack.clips import Film, read_clip, read_people
from face.attack.kinds import ATTACKS, GENUINE
from face.attack.report import AttackReport, KindResult, sources_of
from face.values import Picture

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run: files, and tries a kind as numbers and through the whole pipeline.

    `people` is a folder of other people's photos, one person a subfolder; None for the packaged ones.
    """

    clips: tuple[Path, ...]
    people: Path | None
    out: Path
    tries: int
    pipeline: int
    seed: int
    kinds: tuple[str, ...] = (*ATTACKS, *GENUINE)

    @property
    def honest(self) -> int:
        """Honest people through the pipeline: a third more, for theirs is the share to be known."""
        return self.pipeline * 4 // 3

    @property
    def total(self) -> int:
        """Tries of all kinds together."""
        attacks = sum(kind in ATTACKS for kind in self.kinds)
        honest = len(self.kinds) - attacks
        return len(self.kinds) * self.tries + attacks * self.pipeline + honest * self.honest


def opened_pack(name: str) -> Pack:
    """Load the configured pack; raises BadSetting."""
    try:
        return load_pack(name)
    except PackUnavailable as error:
        message = f"PENSION_BOT_FACE_PACK: {error}"
        raise BadSetting(message) from None


def prepare(plan: Plan, pack: Pack, threshold: float) -> Bench:
    """Read everything and look at every frame once; raises BotError for a file that will not do."""
    films = [_film(clip) for clip in plan.clips]
    stocks = stocks_of(pack, films, _photos(plan.people))
    if isinstance(stocks, int):
        message = f"{plan.clips[stocks].name}: no face at rest before the camera in it"
        raise BotError(message)
    return Bench(pack, threshold, stocks, plan.seed)


def _film(clip: Path) -> Film:
    film = read_clip(clip) if clip.is_file() else None
    if film is None:
        message = f"{clip.name}: no clip (GIF, MP4, MOV or WebM)"
        raise BotError(message)
    return film


def _photos(folder: Path | None) -> tuple[Picture, ...]:
    if folder is None:
        return ()
    photos = read_people(folder) if folder.is_dir() else ()
    if not photos:
        message = f"--people: {folder.name} has no photos in it"
        raise BotError(message)
    return photos


def run(plan: Plan, bench: Bench, advance: Advance) -> AttackReport:
    """Try everything, `advance` told of each."""
    attacks, genuine = ([kind for kind in table if kind in plan.kinds] for table in (ATTACKS, GENUINE))
    return AttackReport(
        bench,
        sources_of(bench),
        [_outcome(bench, kind, plan.tries, plan.pipeline, advance) for kind in attacks],
        [_outcome(bench, kind, plan.tries, plan.honest, advance) for kind in genuine],
    )


def _outcome(bench: Bench, kind: str, tries: int, pipeline: int, advance: Advance) -> KindResult:
    began = time.monotonic()
    numbers = counted(kind, _told(bench.numbers(kind, tries), advance))
    pictures = counted(kind, _told(bench.pictures(kind, pipeline), advance))
    return KindResult(numbers, pictures, time.monotonic() - began)


def _told(reasons: Iterator[Reason], advance: Advance) -> Sequence[Reason]:
    kept = []
    for reason in reasons:
        kept.append(reason)
        advance(1)
    return kept


def write(report: AttackReport, folder: Path) -> None:
    """Write `report.json`; raises BotError where that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(report.fields(), indent=1, ensure_ascii=False)
        (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        message = f"--out: {error.strerror}"
        raise BotError(message) from None
