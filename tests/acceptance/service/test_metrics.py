"""Metrics that Prometheus collects from the running service."""

import math
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.demo import demo as demo_module
from bot.demo.sample_people import SAMPLES
from bot.metrics.database_levels import DatabaseLevels
from bot.metrics.prometheus import PrometheusMetrics
from bot.metrics.scraping import metrics_app
from bot.server.http_server import listening
from bot.settings.parsers import ListenAddress
from bot.wiring.workers import delivery_only
from storage.database import open_engine
from tests.acceptance.phone import Phone
from tests.acceptance.world import EMPLOYEE, SELFIE, open_link, own_demo, show_wrong_face, walk_to_link
from tests.support.programs.ports import free_port


class Scraper:
    def __init__(self, http, port):
        self.http, self.url = http, f"http://127.0.0.1:{port}/metrics"

    async def text(self):
        async with self.http.get(self.url) as response:
            assert response.status == 200
            return await response.text()

    async def values(self):
        families = text_string_to_metric_families(await self.text())
        return {(one.name, *sorted(one.labels.values())): one.value for f in families for one in f.samples}


@pytest.fixture
async def watched(tmp_path, http):
    port = free_port()
    async with own_demo(tmp_path, metrics_listen=ListenAddress("127.0.0.1", port)) as base:
        yield Phone(http, base), Scraper(http, port)


async def fail_and_pass(phone):
    """Show a wrong face, and then the right one at a new link."""
    await show_wrong_face(await walk_to_link(phone, EMPLOYEE))
    await phone.customer_message()
    again = open_link(phone, await phone.tap("重新识别"))
    await again.agree()
    assert (await again.selfie(SELFIE)).outcome == "passed"
    await phone.customer_message()


async def test_certification_increments_the_metrics_without_naming_anyone(watched):
    phone, scraper = watched
    before = await scraper.values()
    assert before["pension_bot_passes_total", "face", "sure"] == 0  # so that the first pass is an increase
    await fail_and_pass(phone)
    values = await scraper.values()
    assert values["pension_bot_captures_total", "failed", "mismatch", "selfie"] == 1
    assert values["pension_bot_captures_total", "ok", "passed", "selfie"] == 1
    assert sum(value for name, value in values.items() if name[0] == "pension_bot_passes_total") == 1
    assert values["pension_bot_messages_total", "200", "text"] >= 5
    assert values["pension_bot_eligibility_checks_total", "found"] >= 1
    assert values["pension_bot_deliveries_total", "sent", "text"] >= 1
    assert values["pension_bot_token_refreshes_total", "sent"] >= 1
    steps = sum(value for name, value in values.items() if name[0] == "pension_bot_steps_total")
    assert steps == values["pension_bot_step_seconds_count",] >= 5
    assert values["pension_bot_batch_messages_count",] >= 5
    checked = ("pension_bot_face_check_seconds_count", "file")
    assert values[checked] - before[checked] == 2
    assert values["pension_bot_database_statement_seconds_count",] > 0
    assert values["pension_bot_database_up",] == 1
    assert values["pension_bot_live_places",] >= 1
    assert values["process_resident_memory_bytes",] > 0
    text = await scraper.text()
    for sample in SAMPLES:
        assert sample.typed.name not in text
        assert sample.typed.number not in text
    assert phone.account not in text


def series_of(values):
    return {name for name in values if not name[0].endswith(("_bucket", "_created"))}


async def test_unexpected_inputs_add_no_metric_series(watched):
    phone, scraper = watched
    await phone.say("你好")

    async def flood(word):
        await phone.say(word)
        for path in (f"/wechat?signature={word}&timestamp=1&nonce=2", f"/wechat?timestamp={word}"):
            async with phone.http.post(phone.base + path, data=word) as response:
                assert response.status == 403
        async with phone.http.post(f"{phone.base}/h5/capture/{word}/selfie", data=word) as response:
            assert response.status in {404, 415}

    await flood("first")
    before = series_of(await scraper.values())
    for number in range(20):
        await flood(f"strange{number}")
    assert series_of(await scraper.values()) == before


async def test_metrics_are_not_served_at_the_public_address(phone):
    async with phone.http.get(f"{phone.base}/metrics") as response:
        assert response.status == 404


async def test_services_in_one_process_have_separate_counters(tmp_path, http):
    ports = [free_port(), free_port()]
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    async with (
        own_demo(tmp_path / "one", metrics_listen=ListenAddress("127.0.0.1", ports[0])) as base,
        own_demo(tmp_path / "two", metrics_listen=ListenAddress("127.0.0.1", ports[1])),
    ):
        await Phone(http, base).say("你好")
        one, two = [await Scraper(http, port).values() for port in ports]
    assert one["pension_bot_messages_total", "200", "text"] == 1
    assert ("pension_bot_messages_total", "200", "text") not in two


async def test_worker_serves_metrics(tmp_path, http):
    port = free_port()
    settings = demo_module.demo_settings(tmp_path, "http://127.0.0.1:1", "basic")
    await demo_module._migrate(settings)
    async with delivery_only(replace(settings, metrics_listen=ListenAddress("127.0.0.1", port))):
        values = await Scraper(http, port).values()
    assert values["pension_bot_database_up",] == 1
    assert values["pension_bot_outbox_undone", "text"] == 0
    assert values["pension_bot_funnel_today", "greeted"] == 0
    assert values["pension_bot_deliveries_total", "locked_out", "text"] == 0
    assert values["pension_bot_reminders_total", "30"] == 0


async def test_scrape_reports_an_unreachable_database(tmp_path, http):
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path}/gone/a.db")
    metrics, port = PrometheusMetrics(), free_port()
    app = metrics_app(metrics, DatabaseLevels(engine, metrics, lambda: datetime.now(UTC)).refresh)
    async with listening(app, "127.0.0.1", port):
        values = await Scraper(http, port).values()
    assert values["pension_bot_database_up",] == 0
    assert values["pension_bot_database_trouble", "database"] == 1
    assert math.isnan(values["pension_bot_outbox_oldest_due_seconds",])
    await engine.dispose()
