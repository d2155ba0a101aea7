"""Links to a service that requires liveness, for tests that feed the page scripted messages."""

import itertools
from dataclasses import replace

import pytest

from messages.language.codes import Language
from tests.support.captures.capture_service import capture_parts, capture_server

_accounts = itertools.count(1)


@pytest.fixture
async def new_address(tmp_path):
    async with (
        capture_parts(tmp_path) as parts,
        capture_server(replace(parts, liveness="required")) as server,
    ):

        async def opened(language=Language.CHINESE):
            ticket = await server.ticket(account=f"o_{next(_accounts)}", language=language)
            return str(server.client.make_url(f"/h5/capture/{ticket}"))

        yield opened
