"""The platform's `MP_verify_….txt`, which proves to it that a domain is the account's own.

网页授权域名 and JS接口安全域名 are accepted only while the file is served at the root of that domain.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.h5.headers import HEADERS

_NAME = re.compile(r"MP_verify_[A-Za-z0-9]{1,64}\.txt")
_MOST_BYTES = 1024
"""The platform's files hold one word of sixteen letters."""


def verification_files(folder: Path | None) -> Mapping[str, bytes]:
    """Return the files of a folder by their names; any other file there is ignored."""
    paths = sorted(folder.iterdir()) if folder else []
    named = [path for path in paths if _NAME.fullmatch(path.name) and path.is_file()]
    return {path.name: path.read_bytes() for path in named if path.stat().st_size <= _MOST_BYTES}


def add_verification_files(app: web.Application, folder: Path | None) -> None:
    """Serve the files of `VERIFY_FILES` at the root; they are read once, at the start."""
    for name, content in verification_files(folder).items():
        app.router.add_get(f"/{name}", _answer(content))


def _answer(content: bytes) -> Handler:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=content, content_type="text/plain", headers=HEADERS)

    return answer
