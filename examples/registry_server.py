"""A registry over HTTP, as `docs/registry-api.yaml` describes it: a model for an office's own server.

`python examples/registry_server.py people.csv` serves a CSV file with the columns of the registry file. It
uses nothing of pension-bot. The key comes from the environment, `REGISTRY_KEY`.
"""

import argparse
import csv
import hmac
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from aiohttp import web

LIFELONG_PLACES = {"hk_macau_permit": 9, "taiwan_permit": 8}
"""Leading characters of a permit's number that never change; the rest counts renewals and is not compared."""

Question = tuple[str, str, str]
"""Scheme, kind of document, and the part of the number that never changes."""

_LONGEST_QUESTION = 4096


def question_of(asked: Mapping[str, str]) -> Question:
    """Return what a question and a row are compared by; raises KeyError for a missing field."""
    number = asked["id_number"].upper().replace(" ", "")
    return asked["scheme"], asked["id_type"], number[: LIFELONG_PLACES.get(asked["id_type"])]


class RegistryServer:
    """Answers `POST /find`: one beneficiary, or null if nobody in this scheme has this document."""

    def __init__(self, people: Iterable[Mapping[str, str]], key: str) -> None:
        """Index the rows of the registry; `key` is the bearer key that a caller has to show."""
        self._people = {question_of(person): person for person in people}
        self._key = f"Bearer {key}".encode()

    def app(self) -> web.Application:
        """Return the application with its one address."""
        app = web.Application(client_max_size=_LONGEST_QUESTION)
        app.router.add_post("/find", self.find)
        return app

    async def find(self, request: web.Request) -> web.Response:
        """Answer one question; 401 without the key, 400 for a malformed question."""
        if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), self._key):
            return web.Response(status=401)
        try:
            question = question_of(await request.json())
        except (ValueError, KeyError, TypeError, AttributeError):
            return web.Response(status=400)
        return web.json_response({"beneficiary": self._people.get(question)})


def read_people(path: Path) -> list[dict[str, str]]:
    """Read the rows of a CSV file in UTF-8."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    """Serve a file until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--port", type=int, default=8070)
    options = parser.parse_args()
    key = os.environ.get("REGISTRY_KEY", "")
    if not key:
        parser.error("REGISTRY_KEY is not set")
    server = RegistryServer(read_people(options.file), key)
    web.run_app(server.app(), host="127.0.0.1", port=options.port, access_log=None)


if __name__ == "__main__":
    main()
