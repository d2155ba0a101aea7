"""`python -m bot.h5.voice.make`: makes the new or changed ones of the sounds that come with the service.

It needs the programs `espeak-ng` and `lame` (Debian packages of these names). What each file says is written
next to them, so that a test finds a sound whose sentence has changed since.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bot.h5.voice.recordings import MOST_BYTES, SHIPPED_SOUNDS
from bot.h5.voice.sentences import SENTENCES, VOICES
from messages.en.voices import SPOKEN
from messages.zh.voices import CANTONESE, MANDARIN

SAID = SHIPPED_SOUNDS / "sentences.json"
"""What each file says, by `VOICE/KEY`."""

_KILOBITS = (16, 8)
"""Bit rates of the sound, the better first; a long sentence takes the lower one."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice of espeak-ng, its words per minute, and spellings that it speaks better."""

    voice: str
    speed: int
    instead: Mapping[str, str]


SPEAKERS: Mapping[str, Speaker] = MappingProxyType(
    {
        "zh": Speaker("cmn-latn-pinyin", 180, MANDARIN),
        "yue": Speaker("yue", 180, CANTONESE),
        "en": Speaker("en", 150, SPOKEN),
    }
)
"""`cmn-latn-pinyin` is the Mandarin voice; before espeak-ng 1.52, `cmn` spells pinyin in English."""


def sayings() -> Iterator[tuple[str, str]]:
    """Yield what each file says, by `VOICE/KEY`."""
    for voice, speaker in SPEAKERS.items():
        for key, sentence in SENTENCES.items():
            text = sentence.spoken(VOICES[voice])
            for written, said in speaker.instead.items():
                text = text.replace(written, said)
            yield f"{voice}/{key}", text


def main() -> None:
    """Make the new sounds, and delete those of sentences that are no longer said."""
    made = json.loads(SAID.read_text(encoding="utf-8")) if SAID.exists() else {}
    wanted = dict(sayings())
    for name in made.keys() - wanted.keys():
        _file(name).unlink(missing_ok=True)
    for name, text in wanted.items():
        if made.get(name) != text or not _file(name).exists():
            _make(_file(name), SPEAKERS[name.partition("/")[0]], text)
            sys.stdout.write(f"{_file(name).stat().st_size:6} {name} {text}\n")
    SAID.write_text(json.dumps(wanted, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _file(name: str) -> Path:
    return SHIPPED_SOUNDS / f"{name}.mp3"


def _make(file: Path, speaker: Speaker, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    sound = _run("espeak-ng", "-v", speaker.voice, "-s", str(speaker.speed), "--stdout", "--", text)
    for rate in _KILOBITS:
        quiet = ("lame", "--quiet", "-m", "m", "--resample", "16", "-b", str(rate), "-t", "-", "-")
        file.write_bytes(_run(*quiet, given=sound))
        if file.stat().st_size <= MOST_BYTES:
            return


def _run(*command: str, given: bytes = b"") -> bytes:
    # the operator's own programs, wherever they are
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout  # noqa: S603


if __name__ == "__main__":
    main()
