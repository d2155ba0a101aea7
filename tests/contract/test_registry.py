"""One suite over every registry: the imported table, an external HTTP service, and the example server."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import text

from dialogs.ports import Registry, Unavailable
from dialogs.values import Beneficiary, BenefitStatus, Identity, IdType, Scheme
from examples.registry_server import RegistryServer
from storage.database import open_engine, transaction
from storage.records.beneficiaries import Beneficiaries
from storage.registry.http import HttpRegistry
from storage.registry.table import TableRegistry
from storage.sealing.vault import Vault
from tests.support.storage.migrated import migrated_sqlite, sqlite_url

KEY = "registry-key"
PERSON = Beneficiary(
    Scheme.EMPLOYEE,
    Identity("欧阳·测试", IdType.RESIDENT_ID, "11010519491231002X"),
    "440100",
    BenefitStatus.ACTIVE,
    date(2010, 1, 1),
    date(2025, 6, 7),
)
COLUMNS = {
    "scheme": "employee",
    "name": "欧阳·测试",
    "id_type": "resident_id",
    "id_number": "11010519491231002X",
    "city": "440100",
    "benefit_status": "active",
    "benefit_start": "2010-01-01",
    "last_certified": "2025-06-07",
    "photo": "",
    "death_reported": None,
}
ASKED = (PERSON.scheme, PERSON.identity.id_type, PERSON.identity.number)


@dataclass
class Office:
    """A registry service as an operator may run one; `answer` replaces its answer."""

    answer: web.Response | None = None
    delay: float = 0.0
    asked: list[dict[str, str]] = field(default_factory=list)

    async def find(self, request: web.Request) -> web.Response:
        await asyncio.sleep(self.delay)
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return web.Response(status=401)
        question = await request.json()
        self.asked.append(question)
        asked = (question["scheme"], question["id_type"], question["id_number"])
        return self.answer or web.json_response({"beneficiary": COLUMNS if asked == ASKED else None})


@pytest.fixture
async def office() -> AsyncIterator[tuple[Office, str]]:
    office = Office()
    app = web.Application()
    app.router.add_post("/api/find", office.find)
    async with TestServer(app, host="127.0.0.1") as server:
        yield office, str(server.make_url("/api"))


@pytest.fixture
async def http_registry(office) -> AsyncIterator[HttpRegistry]:
    async with aiohttp.ClientSession() as session:
        yield HttpRegistry(session, office[1], KEY, timeout_seconds=60)


@pytest.fixture
async def table_registry(tmp_path) -> AsyncIterator[TableRegistry]:
    path = tmp_path / "bot.db"
    path.write_bytes(migrated_sqlite())
    engine = open_engine(sqlite_url(path))
    vault = Vault.from_setting(Vault.new_setting())
    async with transaction(engine) as conn:
        await Beneficiaries(vault).put(conn, [PERSON], datetime(2026, 5, 4, tzinfo=UTC))
    yield TableRegistry(engine, vault)
    await engine.dispose()


@pytest.fixture
async def reference_registry() -> AsyncIterator[HttpRegistry]:
    server = TestServer(RegistryServer([COLUMNS], KEY).app(), host="127.0.0.1")
    async with server, aiohttp.ClientSession() as session:
        yield HttpRegistry(session, str(server.make_url("/")), KEY)


@pytest.fixture(params=["table_registry", "http_registry", "reference_registry"])
def registry(request) -> Registry:
    return request.getfixturevalue(request.param)


async def test_known_person_is_found_with_all_fields(registry):
    assert await registry.find(*ASKED) == PERSON


@pytest.mark.parametrize(
    "asked",
    [
        (Scheme.RESIDENT, IdType.RESIDENT_ID, PERSON.identity.number),
        (Scheme.EMPLOYEE, IdType.HMT_RESIDENCE, PERSON.identity.number),
        (Scheme.EMPLOYEE, IdType.RESIDENT_ID, "440524188001010014"),
    ],
)
async def test_unknown_person_is_none(registry, asked):
    assert await registry.find(*asked) is None


async def test_permit_is_found_under_another_renewal_count(http_registry, office):
    permit = COLUMNS | {"id_type": "hk_macau_permit", "id_number": "H0123456702"}
    office[0].answer = web.json_response({"beneficiary": permit})
    found = await http_registry.find(Scheme.EMPLOYEE, IdType.HK_MACAU_PERMIT, "H0123456701")
    assert isinstance(found, Beneficiary)
    assert found.identity.number == "H0123456702"
    office[0].answer = web.json_response({"beneficiary": permit})  # an answer is sent once
    other = await http_registry.find(Scheme.EMPLOYEE, IdType.HK_MACAU_PERMIT, "H0123456801")
    assert other == Unavailable()


async def test_example_server_finds_a_permit_under_another_renewal_count():
    permit = COLUMNS | {"id_type": "hk_macau_permit", "id_number": "H0123456702"}
    server = TestServer(RegistryServer([permit], KEY).app(), host="127.0.0.1")
    async with server, aiohttp.ClientSession() as session:
        registry = HttpRegistry(session, str(server.make_url("/")), KEY)
        found = await registry.find(Scheme.EMPLOYEE, IdType.HK_MACAU_PERMIT, "H0123456701")
        assert isinstance(found, Beneficiary)
        assert await registry.find(Scheme.EMPLOYEE, IdType.HK_MACAU_PERMIT, "H0123456801") is None


async def test_concurrent_lookups_each_get_their_own_answer(registry):
    other = (Scheme.EMPLOYEE, IdType.RESIDENT_ID, "440524188001010014")
    answers = await asyncio.gather(*(registry.find(*asked) for asked in (ASKED, other) * 10))
    assert answers == [PERSON, None] * 10


async def test_broken_table_is_unavailable(tmp_path):
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    registry = TableRegistry(engine, Vault.from_setting(Vault.new_setting()))
    assert await registry.find(*ASKED) == Unavailable()
    await engine.dispose()


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 500, "text": '{"beneficiary": null}'},
        {"status": 404, "text": '{"beneficiary": null}'},
        {"status": 302, "headers": {"Location": "/api/find"}},
        {"text": "not JSON"},
        {"text": "[" * 50_000},
        {"body": b'{"beneficiary": null, "x": "\xff"}'},
        {"text": "{}"},
        {"text": '{"beneficiary": "yes"}'},
        {"text": '{"beneficiary": {}}'},
        {"text": '{"beneficiary": null, "pad": "' + "x" * 70_000 + '"}'},
    ],
)
async def test_unexpected_answer_is_unavailable_and_not_an_unknown_person(office, http_registry, answer):
    office[0].answer = web.Response(**answer)
    assert await http_registry.find(*ASKED) == Unavailable()


@pytest.mark.parametrize(
    "change",
    [
        {"id_number": "440524188001010014"},
        {"scheme": "resident"},
        {"city": "4401"},
        {"benefit_start": "soon"},
        {"last_certified": "9999-12-31"},
        {"death_reported": "2199-01-01"},
        {"name": 7},
    ],
)
async def test_answer_about_another_person_or_with_bad_fields_is_unavailable(office, http_registry, change):
    office[0].answer = web.json_response({"beneficiary": COLUMNS | change})
    assert await http_registry.find(*ASKED) == Unavailable()


@pytest.mark.parametrize(("ahead", "is_found"), [(0, True), (1, True), (2, False)])
async def test_last_certified_at_most_one_day_ahead_is_accepted(office, http_registry, ahead, is_found):
    office[0].answer = web.json_response({"beneficiary": COLUMNS | {"last_certified": "2026-03-01"}})
    behind = replace(http_registry, today=lambda: date(2026, 3, 1) - timedelta(days=ahead))
    assert isinstance(await behind.find(*ASKED), Beneficiary) is is_found


async def test_slow_registry_is_unavailable_after_the_timeout(office, http_registry):
    office[0].delay = 5
    hurried = replace(http_registry, timeout_seconds=0.5)
    assert await hurried.find(*ASKED) == Unavailable()


async def test_registry_with_a_wrong_key_or_no_server_is_unavailable(office, http_registry):
    stranger = HttpRegistry(http_registry.session, office[1], "wrong")
    assert await stranger.find(*ASKED) == Unavailable()
    nowhere = HttpRegistry(http_registry.session, "http://127.0.0.1:9", KEY)
    assert await nowhere.find(*ASKED) == Unavailable()


async def test_request_has_the_documented_fields(office, http_registry):
    await http_registry.find(*ASKED)
    asked = {"scheme": "employee", "id_type": "resident_id", "id_number": PERSON.identity.number}
    assert office[0].asked == [asked]


async def test_registry_failure_logs_no_personal_data(office, http_registry, caplog):
    office[0].answer = web.Response(text=f'{{"beneficiary": "{PERSON.identity.number}"}}')
    await http_registry.find(*ASKED)
    assert caplog.text
    assert PERSON.identity.number not in caplog.text


async def test_table_encrypted_with_a_lost_key_is_unavailable(table_registry):
    stranger = TableRegistry(
        table_registry.engine, Vault.from_setting(Vault.new_setting().replace("k1", "k2"))
    )
    assert await stranger.find(*ASKED) is None
    async with transaction(table_registry.engine) as conn:
        blind = stranger.vault.blind(PERSON.identity.number, "beneficiaries.number")
        await conn.execute(text("UPDATE beneficiaries SET number_blind = :blind"), {"blind": blind})
    assert await stranger.find(*ASKED) == Unavailable()
