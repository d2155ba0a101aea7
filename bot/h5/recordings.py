"""Recordings of the sentences that the capture page speaks, for phones without a voice of their own.

They are the office's files, named `LANGUAGE/KEY.mp3` in the folder of `VOICE_DIR`. The page asks for those
that exist; every other sentence is spoken by the phone, or marked by a tone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from aiohttp import web

from bot.h5.pages import HEADERS
from face import Reason
from messages.languages import Language
from messages.phrases import MEDIA, PROMPTS, SCRIPT, Phrase, capture_message, hint_message

_HINTS = (
    *(Reason.NO_FACE, Reason.MULTIPLE_FACES, Reason.TOO_DARK, Reason.TOO_BRIGHT, Reason.TOO_FAR),
    *(Reason.TOO_CLOSE, Reason.OFF_CENTRE, Reason.NOT_FRONTAL, Reason.COVERED, Reason.BLURRED),
    *(Reason.BAD_MEDIA, Reason.CHALLENGE_FAILED),
)
_OF_THE_PAGE = (
    *("resume", "consent", "live", "photo", "checking", "other", "not_sent", "offline", "matched", "opening"),
    *("no_camera", "refused", "in_use", "camera_again", "reconnecting", "elsewhere", "helper"),
)
_RESULTS = {"passed": "ok", "failed": "mismatch", "unavailable": "busy"}

SENTENCES: Mapping[str, Phrase] = MappingProxyType(
    {f"prompt-{action}": sentence for action, sentence in PROMPTS.items()}
    | {f"hint-{reason}": hint_message(reason) for reason in _HINTS}
    | {f"page-{key}": SCRIPT[key] for key in _OF_THE_PAGE}
    | {f"file-{key}": sentence for key, sentence in MEDIA.items()}
    | {f"result-{outcome}": capture_message(outcome, reason) for outcome, reason in _RESULTS.items()}
)
"""The closed list, by the names of their files; sentences with a number in them are not in it."""


@dataclass(frozen=True, slots=True)
class Recordings:
    """The files in `folder`; none where it is None."""

    folder: Path | None = None

    def file(self, language: str, key: str) -> Path | None:
        """Return the file of a sentence, None for one that was not recorded or is unknown."""
        if self.folder is None or key not in SENTENCES or language not in set(Language):
            return None
        file = self.folder / language / f"{key}.mp3"
        return file if file.is_file() else None

    def addresses(self, language: Language) -> dict[str, str]:
        """Return the addresses of what is recorded in a language, by the sentence as the page shows it."""
        return {
            sentence.spoken(language): f"/h5/voice/{language}/{key}.mp3"
            for key, sentence in SENTENCES.items()
            if self.file(language, key)
        }

    def missing(self) -> Iterator[tuple[str, str]]:
        """Yield the name of each file that is missing, and what is to be said in it."""
        for language in Language:
            for key, sentence in SENTENCES.items():
                if self.file(language, key) is None:
                    yield f"{language}/{key}.mp3", sentence.spoken(language)

    async def sound(self, request: web.Request) -> web.StreamResponse:
        """Serve one file."""
        file = self.file(request.match_info["language"], request.match_info["key"])
        if file is None:
            return web.Response(status=404, headers=HEADERS)
        return web.FileResponse(file, headers={**HEADERS, "Content-Type": "audio/mpeg"})


RECORDINGS = web.AppKey("recordings", Recordings)


def add_recordings(app: web.Application, folder: Path | None) -> None:
    """Let the pages of an application play the recordings of a folder."""
    app[RECORDINGS] = Recordings(folder)
    app.add_routes([web.get("/h5/voice/{language}/{key}.mp3", app[RECORDINGS].sound)])
