"""`voice check`: which recordings of the capture page's sentences are missing."""

import argparse
from typing import TypeVar

from bot.cli.console import Words, actions_of
from bot.errors import BadSetting
from bot.settings.parsers import PREFIX
from bot.settings.settings import environment, voice_dir

_P = TypeVar("_P", bound=argparse.ArgumentParser)

ORDER = 12
"""Position of the commands in `--help`."""


def add_to(words: "Words[_P]") -> None:
    """Add the command."""
    check = actions_of(words, "voice", "recordings for phones that cannot speak").add_parser(
        "check", help="list the recordings that are missing"
    )
    check.set_defaults(run=lambda _: run_voice_check())


async def run_voice_check() -> int:
    """Print the name and the sentence of each missing file; exit 1 if there is one, 2 without `VOICE_DIR`."""
    from bot.h5.recordings import SENTENCES, Recordings

    folder = voice_dir(environment())
    if folder is None:
        message = f"{PREFIX}VOICE_DIR is not set: it names the folder of the recordings"
        raise BadSetting(message)
    missing = list(Recordings(folder).missing())
    for name, sentence in missing:
        print(f"{name}\t{sentence}")
    print(f"{len(missing)} recordings are missing; {len(SENTENCES)} belong to a language")
    return 1 if missing else 0
