"""Alert rules and dashboard use exported metrics, and every alert is documented."""

import json
import re
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics.prometheus import PrometheusMetrics
from bot.metrics.series import Count, Level, Measure

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
ALERTS = (DEPLOY / "alerts.yml").read_text(encoding="utf-8")
BOARD = (DEPLOY / "grafana.json").read_text(encoding="utf-8")


def exported():
    """Return every name that a query may use."""
    own = {one.value.name for one in Level} | {f"{one.value.name}_total" for one in Count}
    ends = ("_bucket", "_count", "_sum")
    process = text_string_to_metric_families(PrometheusMetrics().text().decode())
    of_process = {sample.name for family in process for sample in family.samples}
    return own | {one.value.name + end for one in Measure for end in ends} | of_process


@pytest.mark.parametrize("text", [ALERTS, BOARD], ids=["alerts", "dashboard"])
def test_queries_use_only_exported_metrics(text):
    named = set(re.findall(r"\b(?:pension_bot|process)_\w+", text))
    assert named
    assert named <= exported()


def test_queries_use_only_existing_labels():
    labels = {label for table in (Count, Measure, Level) for one in table for label in one.value.labels}
    asked = set(re.findall(r"[{,] ?(\w+)(?:=~|!=|=)", ALERTS + BOARD.replace('\\"', '"')))
    assert asked
    assert asked <= labels | {"job"}


def test_missing_scrape_target_raises_an_alert():
    """It exports no metrics, so no rule over metrics can detect it."""
    config = (DEPLOY / "prometheus.yml").read_text(encoding="utf-8")
    [job] = re.findall(r'expr: up{job="([\w-]+)"} == 0', ALERTS)
    assert f"job_name: {job}\n" in config


@pytest.mark.parametrize("page", ["operating.md", "operating.zh.md"])
def test_every_alert_is_documented(page):
    explained = (ROOT / "docs" / page).read_text(encoding="utf-8")
    alerts = re.findall(r"alert: (\w+)", ALERTS)
    assert alerts
    assert [name for name in alerts if f"| `{name}` |" not in explained] == []


def test_every_metric_is_on_the_dashboard():
    queries = " ".join(target["expr"] for panel in json.loads(BOARD)["panels"] for target in panel["targets"])
    series = [one.value.name for table in (Count, Measure) for one in table]
    assert [name for name in series if name not in queries] == []
