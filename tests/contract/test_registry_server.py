"""`examples/registry_server.py`, the model for an office's own server, works with the service."""

import asyncio
import csv
import os
import sys

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from dialogs.ports import Unavailable
from dialogs.values import Scheme
from examples.registry_server import RegistryServer
from storage.registry.http import HttpRegistry
from tests.contract.test_registry import ASKED, COLUMNS, KEY, PERSON
from tests.support.programs.copied_code import ROOT
from tests.support.programs.ports import free_port


@pytest.fixture
async def server_client():
    server = TestServer(RegistryServer([COLUMNS], KEY).app(), host="127.0.0.1")
    async with TestClient(server) as client:
        yield client


async def test_example_server_serves_a_registry_file(tmp_path):
    file, port = tmp_path / "people.csv", free_port()
    with file.open("w", encoding="utf-8", newline="") as opened:
        lines = csv.DictWriter(opened, COLUMNS)
        lines.writeheader()
        lines.writerow(COLUMNS)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "examples/registry_server.py", str(file), "--port", str(port)),
        cwd=ROOT,
        env=os.environ | {"REGISTRY_KEY": KEY, "PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert "Running on" in (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
        async with aiohttp.ClientSession() as session:
            registry = HttpRegistry(session, f"http://127.0.0.1:{port}", KEY, timeout_seconds=30)
            assert await registry.find(*ASKED) == PERSON
            assert await registry.find(Scheme.RESIDENT, *ASKED[1:]) is None
            stranger = HttpRegistry(session, f"http://127.0.0.1:{port}", "wrong", timeout_seconds=30)
            assert await stranger.find(*ASKED) == Unavailable()
    finally:
        process.terminate()
        await process.wait()


@pytest.mark.parametrize(
    "question", ["", "[]", "{}", '{"scheme": 1, "id_type": [], "id_number": 2}', "not JSON"]
)
async def test_malformed_request_is_a_bad_request(server_client, question):
    response = await server_client.post("/find", data=question, headers={"Authorization": f"Bearer {KEY}"})
    assert response.status == 400


@pytest.mark.parametrize("key", ["", "Bearer", "Bearer wrong", f"Basic {KEY}", "Bearer ключ"])
async def test_request_without_the_key_is_unauthorized(server_client, key):
    response = await server_client.post("/find", json={}, headers={"Authorization": key})
    assert response.status == 401
