"""Alert rules and dashboard name what is measured, and every alert is explained."""

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
def test_only_what_is_measured_is_asked_for(text):
    named = set(re.findall(r"\b(?:pension_bot|process)_\w+", text))
    assert named
    assert named <= exported()


def test_labels_that_are_asked_for_exist():
    labels = {label for table in (Count, Measure, Level) for one in table for label in one.value.labels}
    asked = set(re.findall(r"[{,] ?(\w+)(?:=~|!=|=)", ALERTS + BOARD.replace('\\"', '"')))
    assert asked
    assert asked <= labels | {"job"}


def test_a_program_that_is_gone_raises_an_alert():
    """It gives no figures, so no rule over figures can tell."""
    config = (DEPLOY / "prometheus.yml").read_text(encoding="utf-8")
    [job] = re.findall(r'expr: up{job="([\w-]+)"} == 0', ALERTS)
    assert f"job_name: {job}\n" in config


@pytest.mark.parametrize("page", ["operating.md", "operating.zh.md"])
def test_every_alert_is_explained(page):
    explained = (ROOT / "docs" / page).read_text(encoding="utf-8")
    alerts = re.findall(r"alert: (\w+)", ALERTS)
    assert alerts
    assert [name for name in alerts if f"| `{name}` |" not in explained] == []


def test_every_series_is_on_the_dashboard():
    queries = " ".join(target["expr"] for panel in json.loads(BOARD)["panels"] for target in panel["targets"])
    series = [one.value.name for table in (Count, Measure) for one in table]
    assert [name for name in series if name not in queries] == []
