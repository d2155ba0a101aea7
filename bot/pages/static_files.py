"""Styles and scripts of a room, read once, each with a version in its name and compressed in advance."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from aiohttp import web

_TYPES = {".css": "text/css", ".js": "text/javascript"}
_FILE = "{stem:[a-z_]+}{version:(\\.[0-9a-f]{8})?}.{kind:(css|js)}"
_KEPT = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file; `version` changes with its content."""

    content_type: str
    version: str
    content: bytes = field(repr=False)
    gzipped: bytes = field(repr=False)


def kept_for(headers: Mapping[str, str], requested: str, version: str) -> Mapping[str, str]:
    """Return the headers of a file without secrets; requested by its version (`.1a2b3c4d`) it may be cached.

    A page of the previous release, while a new one is rolled out, gets the current file and does not cache
    it.
    """
    return {**headers, "Cache-Control": _KEPT} if requested == f".{version}" else headers


class StaticFiles:
    """The files of a folder at an address such as `/h5/static`, sent with a room's `headers`."""

    def __init__(self, folder: Path, base: str, headers: Mapping[str, str]) -> None:
        self.by_name = {path.name: _read(path) for path in sorted(folder.iterdir()) if path.suffix in _TYPES}
        self._base = base
        self._headers = headers

    def address(self, name: str) -> str:
        """Return the address under which a browser keeps a file until its content changes."""
        stem, _, kind = name.rpartition(".")
        return f"{self._base}/{stem}.{self.by_name[name].version}.{kind}"

    def route(self) -> web.RouteDef:
        """Return the route of all of them."""
        return web.get(f"{self._base}/{_FILE}", self._serve)

    async def _serve(self, request: web.Request) -> web.Response:
        """Serve a style or a script; one requested without its version is not cached."""
        requested = request.match_info
        found = self.by_name.get(f"{requested['stem']}.{requested['kind']}")
        if found is None:
            return web.Response(status=404)
        headers = {**kept_for(self._headers, requested["version"], found.version), "Vary": "Accept-Encoding"}
        body = found.content
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            body, headers = found.gzipped, {**headers, "Content-Encoding": "gzip"}
        return web.Response(body=body, content_type=found.content_type, charset="utf-8", headers=headers)


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    version = sha256(content).hexdigest()[:8]
    return StaticFile(_TYPES[path.suffix], version, content, gzip.compress(content, mtime=0))
