"""`face liveness-pack install`: installs a passive model that the operator provides; downloads nothing."""

import asyncio
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.operator.terminal import Subcommands, actions_of, file_errors, name_of
from bot.errors import BotError

if TYPE_CHECKING:
    from face.models.passive_file import PassiveFile

FOLDER = Path("liveness-pack")
"""Where a model is installed, unless another folder is named."""


def add_actions(face: Subcommands) -> None:
    """Add the command to those of `face`."""
    pack = actions_of(face, "liveness-pack", "a passive liveness model of your own")
    install = pack.add_parser("install", help="check an ONNX file, show its hash and licence, and copy it")
    install.add_argument("file", type=Path, metavar="FILE")
    install.add_argument("--to", type=Path, default=FOLDER, metavar="DIR", help=f"folder for it ({FOLDER})")
    install.add_argument("--sha256", metavar="HEX", help="refuse any other file")
    install.set_defaults(run=lambda options: run_install(options.file, options.to, options.sha256))


async def run_install(file: Path, folder: Path, sha256: str | None) -> int:
    """Install a model, and print what it is and the setting that uses it; raises BotError."""
    found = await asyncio.to_thread(_read, file)
    if sha256 is not None and sha256.lower() != found.sha256:
        message = f"{file.name}: SHA-256 is {found.sha256}, not the one that was given; nothing was installed"
        raise BotError(message)
    kept = await asyncio.to_thread(_copied, file, folder)
    print(f"sha256   {found.sha256}")
    print(f"licence  {found.licence or 'not stated in the file; ask its makers before you use it'}")
    print(f"PENSION_BOT_FACE_LIVENESS_PACK={kept}")
    return 0


def _read(file: Path) -> "PassiveFile":
    from face import PackUnavailable
    from face.models.passive_file import read_passive_file

    try:
        with file_errors(file):
            if file.is_file():
                return read_passive_file(file)
    except PackUnavailable as error:
        raise BotError(str(error)) from None
    message = f"{name_of(file)}: no such file"
    raise BotError(message)


def _copied(file: Path, folder: Path) -> Path:
    from face.models.model_files import remember

    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept = (folder / file.name).resolve()
        if kept != file.resolve():
            shutil.copyfile(file, kept)
        remember(kept)
    except OSError as error:
        message = f"--to: {error.strerror}"
        raise BotError(message) from None
    return kept
