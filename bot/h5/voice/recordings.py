"""The sound files of the sentences that the capture page speaks.

An office's own recordings are `VOICE/KEY.mp3` in the folder of `VOICE_DIR`; if one is missing, the file that
comes with the service is played, and if both are, the phone speaks or a tone marks the sentence.
"""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from aiohttp import web

from bot.h5.headers import HEADERS
from bot.h5.voice.mp3 import is_mp3
from bot.h5.voice.sentences import SENTENCES, VOICES, voices_of
from bot.pages.static_files import kept_for
from messages.language.codes import Language

SHIPPED_SOUNDS = Path(__file__).parent / "sounds"
"""The files that come with the service; `python -m bot.h5.voice.make` makes them."""

MOST_BYTES = 12_000
"""The size of a file: half a second at 200 kbit/s, since the camera's pictures need the connection too."""


class SoundFault(StrEnum):
    """What is wrong with an office's recording."""

    MISSING = "missing"
    NOT_MP3 = "no MP3"
    TOO_LARGE = "larger than 12 kB"


@dataclass(frozen=True, slots=True)
class Recordings:
    """Files by (voice, key), and a version that changes with their contents; read once, at the start."""

    files: Mapping[tuple[str, str], Path] = field(default_factory=dict)
    version: str = ""

    def offered(self, language: Language) -> dict[str, object]:
        """Return what the page's script needs: the language's voices, and the key of each sentence.

        The address of a sound is `/h5/voice/VOICE/KEY.VERSION.mp3`.
        """
        voices = [voice for voice in voices_of(language) if any(voice == one for one, _ in self.files)]
        keys = {sentence.spoken(language): key for key, sentence in SENTENCES.items()} if voices else {}
        return {"voices": voices, "version": self.version, "keys": keys}

    async def sound(self, request: web.Request) -> web.StreamResponse:
        """Serve one file."""
        file = self.files.get((request.match_info["voice"], request.match_info["key"]))
        if file is None:
            return web.Response(status=404, headers=HEADERS)
        headers = kept_for(HEADERS, request.match_info["version"], self.version)
        return web.FileResponse(file, headers={**headers, "Content-Type": "audio/mpeg"})


RECORDINGS = web.AppKey("recordings", Recordings)


def recordings_of(folder: Path | None) -> Recordings:
    """Find the sounds: the office's in `folder`, else the service's own."""
    return _found(SHIPPED_SOUNDS, folder) if folder else _shipped()


@functools.cache
def _shipped() -> Recordings:
    return _found(SHIPPED_SOUNDS)


def _found(*folders: Path) -> Recordings:
    files = {name: file for one in folders for name, file in _sounds(one) if file.is_file()}
    contents = sha256(b"".join(file.read_bytes() for file in files.values()))
    return Recordings(files, contents.hexdigest()[:8])


def faults_in(folder: Path) -> Iterator[tuple[str, str, SoundFault]]:
    """Yield the name of each unusable file of an office, what it should say, and why it is unusable."""
    for (voice, key), file in _sounds(folder):
        fault = _fault(file)
        if fault is not None:
            yield f"{voice}/{key}.mp3", SENTENCES[key].spoken(VOICES[voice]), fault


def add_recordings(app: web.Application, folder: Path | None) -> None:
    """Add the sounds to an application, whose pages play them; files of a folder come before ours."""
    app[RECORDINGS] = recordings_of(folder)
    address = "/h5/voice/{voice}/{key:[a-z_-]+}{version:(\\.[0-9a-f]{8})?}.mp3"
    app.add_routes([web.get(address, app[RECORDINGS].sound)])


def _sounds(folder: Path) -> Iterator[tuple[tuple[str, str], Path]]:
    for voice in VOICES:
        for key in SENTENCES:
            yield (voice, key), folder / voice / f"{key}.mp3"


def _fault(file: Path) -> SoundFault | None:
    if not file.is_file():
        return SoundFault.MISSING
    content = file.read_bytes()
    if not is_mp3(content):
        return SoundFault.NOT_MP3
    return SoundFault.TOO_LARGE if len(content) > MOST_BYTES else None
