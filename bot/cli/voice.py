"""`voice check`: which recordings of the capture page's sentences are missing or unusable."""

from bot.cli.operator.terminal import Subcommands, actions_of
from bot.errors import BadSetting
from bot.settings.command_settings import voice_dir
from bot.settings.environment import environment
from bot.settings.parsers import PREFIX

ORDER = 12
"""Position of the commands in `--help`."""


def add_to(subcommands: Subcommands) -> None:
    """Add the command."""
    check = actions_of(subcommands, "voice", "recordings of the capture page's sentences").add_parser(
        "check", help="list the recordings that are missing, too large or not MP3"
    )
    check.set_defaults(run=lambda _: run_voice_check())


async def run_voice_check() -> int:
    """Print each unusable file, its sentence and why; exit 1 if any, 2 without `VOICE_DIR`."""
    from bot.h5.voice.recordings import SoundFault, faults_in
    from bot.h5.voice.sentences import SENTENCES

    folder = voice_dir(environment())
    if folder is None:
        message = f"{PREFIX}VOICE_DIR is not set: it names the folder of the recordings"
        raise BadSetting(message)
    faults = list(faults_in(folder))
    for name, sentence, fault in faults:
        print(f"{name}\t{sentence}\t{fault}")
    missing = sum(fault is SoundFault.MISSING for _, _, fault in faults)
    unfit = len(faults) - missing
    print(f"{missing} recordings are missing, {unfit} will not do; {len(SENTENCES)} belong to a voice")
    return 1 if faults else 0
