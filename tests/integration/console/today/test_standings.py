"""The registry count: for a large registry it is cached and shown with its time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.background.registry_count import RegistryCount
from bot.metrics.database_levels import DatabaseLevels
from bot.metrics.prometheus import PrometheusMetrics
from dialogs.values import Identity, IdType, Scheme
from storage.console import figures, standings
from storage.console.accounts import Role
from storage.console.standings import CountedStandings, Standings, keep_standings, kept_standings
from storage.database import connect, transaction
from storage.records.beneficiaries import Beneficiaries
from storage.registry.file import open_registry_file
from storage.registry.importing.importer import RegistryImport
from tests.support.files.registry_files import GOOD, OTHER, changed_row, write_csv
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import MINUTE, NOW, beneficiary

pytest_plugins = ["tests.support.storage.databases"]
GUANGZHOU = (Scheme.EMPLOYEE, "440100")
KEPT = Standings(due_soon=41, overdue=42, suspended=43, living=44)


def people(count, **changes):
    known = replace(beneficiary(), last_certified=date(2025, 4, 9), **changes)
    numbers = [Identity("陈大文", IdType.PASSPORT, f"E{7_000_000 + n}") for n in range(count)]
    return [replace(known, identity=one) for one in numbers]


async def put(engine, vault, found):
    async with transaction(engine) as conn:
        await Beneficiaries(vault).put(conn, found, NOW)


async def keep(engine, at):
    async with transaction(engine) as conn:
        await keep_standings(conn, CountedStandings(at, {GUANGZHOU: KEPT}))


@pytest.fixture
def _large(monkeypatch):
    """Let a registry of three people count as large."""
    monkeypatch.setattr(standings, "LARGE", 3)


@on_sqlite
@pytest.mark.usefixtures("_large")
async def test_cached_count_of_a_large_registry_is_shown_with_its_time(office):
    await put(office.parts.engine, office.parts.vault, people(3))
    await keep(office.parts.engine, NOW - 20 * MINUTE)
    page = await (await office.sign_in("wang", Role.VIEWER)).get("?lang=en")
    assert "Overdue 42" in page.words
    assert "as counted at 4 May 2026 17:10" in page.words
    assert "As of 4 May 2026 17:30" in page.words


@pytest.mark.usefixtures("_large")
@pytest.mark.parametrize(
    ("held", "before"),
    [(2, MINUTE), (3, timedelta(hours=2)), (3, -MINUTE)],
    ids=["small registry", "outdated count", "count from the future"],
)
async def test_registry_is_recounted_when_the_cached_count_is_not_usable(engine, vault, held, before):
    await put(engine, vault, people(held))
    await keep(engine, NOW - before)
    async with connect(engine) as conn:
        found = await standings.read_standings(conn, NOW)
    assert found == CountedStandings(NOW, {GUANGZHOU: Standings(overdue=held, living=held)})


async def test_registry_is_recounted_every_few_minutes_across_processes(engine, vault):
    first, second, late = (
        RegistryCount(engine, lambda at=at: at) for at in (NOW, NOW + MINUTE, NOW + 6 * MINUTE)
    )
    assert await first.renew()
    await put(engine, vault, people(2))
    assert await first.renew()
    await put(engine, vault, people(5, city="440300"))
    assert not await second.renew()
    assert await late.renew()
    async with connect(engine) as conn:
        kept = await kept_standings(conn)
    assert kept.at == NOW + 6 * MINUTE
    assert kept.places == {(Scheme.EMPLOYEE, "440300"): Standings(overdue=5, living=5)}


@on_sqlite
async def test_counts_of_registry_pieces_add_up(engine, vault, monkeypatch):
    monkeypatch.setattr(figures, "_PIECE", 2)
    living, dead = people(7), people(3, death_reported=NOW.date())
    await put(engine, vault, [*dead, *living[3:]])
    async with connect(engine) as conn:
        (found,) = await figures.beneficiaries_by_month(conn)
    assert (found.month, found.count) == (date(2025, 4, 1), 4)


@on_sqlite
async def test_metrics_show_the_cached_count_and_its_age(engine):
    metrics = PrometheusMetrics()
    levels = DatabaseLevels(engine, metrics, lambda: NOW)
    await levels._read()
    assert b'pension_bot_beneficiaries{standing="overdue"} NaN' in metrics.text()
    await keep(engine, NOW - 2 * MINUTE)
    await levels._read()
    assert b'pension_bot_beneficiaries{standing="overdue"} 42.0' in metrics.text()
    assert b"pension_bot_beneficiaries_count_age_seconds 120.0" in metrics.text()


@on_sqlite
@pytest.mark.parametrize("before", [timedelta(minutes=61), -MINUTE], ids=["outdated", "from the future"])
async def test_metrics_show_only_the_age_of_an_unusable_count(engine, before):
    metrics = PrometheusMetrics()
    await keep(engine, NOW - before)
    await DatabaseLevels(engine, metrics, lambda: NOW)._read()
    assert b'pension_bot_beneficiaries{standing="overdue"} NaN' in metrics.text()
    age = f"pension_bot_beneficiaries_count_age_seconds {before.total_seconds()}".encode()
    assert age in metrics.text()


@on_sqlite
async def test_count_after_an_import_carries_the_time_of_counting(engine, vault, tmp_path):
    asked = []

    def clock():
        asked.append(NOW + len(asked) * MINUTE)
        return asked[-1]

    file = open_registry_file(write_csv(tmp_path / "new.csv", GOOD), NOW.date())
    assert [_ async for _ in RegistryImport(engine, vault, clock).apply(file)]
    async with connect(engine) as conn:
        assert (await kept_standings(conn)).at == asked[-1] > NOW


async def test_import_that_changes_rows_recounts_at_once(engine, vault, tmp_path):
    rows = [GOOD, changed_row(OTHER, benefit_status="suspended", death_reported="")]
    file, again = (write_csv(tmp_path / name, *rows) for name in ("new.csv", "again.csv"))

    async def imported(path, at):
        importer, day = RegistryImport(engine, vault, lambda: at), date(2026, 5, 4)
        assert [_ async for _ in importer.apply(open_registry_file(path, day))]
        async with connect(engine) as conn:
            return await kept_standings(conn)

    await keep(engine, NOW - MINUTE)
    kept = await imported(file, NOW)
    assert (kept.at, kept.total.living, kept.total.suspended) == (NOW, 2, 1)
    assert await imported(again, NOW + MINUTE) == kept
