"""Rules over queues and captures raise their alert after their delay, and not before."""

import json
import re
import subprocess

from bot.metrics.series import Count, Level
from tests.supply.deploy_lint import DEPLOY

RULES = DEPLOY / "alerts.yml"
AGE, WAITING, PLACES, COUNTED = (
    one.value.name
    for one in (Level.OUTBOX_AGE, Level.LIVE_WAITING, Level.LIVE_PLACES, Level.BENEFICIARIES_AGE)
)
CAPTURES = f"{Count.CAPTURES.value.name}_total"

CASES = {
    "OutboxLate": ({AGE: "601x200"}, {AGE: "600x200"}, 9, 11),
    "CapturesBusy": (
        {f'{CAPTURES}{{outcome="unavailable"}}': "0+6x200"},
        {f'{CAPTURES}{{outcome="unavailable"}}': "0+2x200"},
        9,
        13,
    ),
    "CapturesFail": (
        {f'{CAPTURES}{{outcome="failed"}}': "0+2x200", f'{CAPTURES}{{outcome="passed"}}': "0+1x200"},
        {f'{CAPTURES}{{outcome="failed"}}': "0+1x200", f'{CAPTURES}{{outcome="passed"}}': "0+2x200"},
        59,
        63,
    ),
    "RegistryUncounted": ({COUNTED: "3601x200"}, {COUNTED: "3600x200"}, 9, 11),
    "QueueLong": ({WAITING: "9x200", PLACES: "4x200"}, {WAITING: "8x200", PLACES: "4x200"}, 9, 11),
}
"""Alert: series by the minute that raise it, others that do not, a minute before it fires, one after."""


def _checked(alert, series, minute, *, fires):
    severity, summary = re.search(
        rf'alert: PensionBot{alert}\n.*?severity: (\w+).*?summary: "([^"]+)"',
        RULES.read_text("utf-8"),
        re.DOTALL,
    ).groups()
    shown = {"exp_labels": {"severity": severity}, "exp_annotations": {"summary": summary}}
    raised = [shown] if fires else []
    return {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "alert_rule_test": [
            {"eval_time": f"{minute}m", "alertname": f"PensionBot{alert}", "exp_alerts": raised}
        ],
    }


def test_each_alert_fires_after_its_delay_and_only_for_its_cause(tmp_path):
    cases = [
        _checked(alert, series, minute, fires=fires)
        for alert, (raising, quiet, before, after) in CASES.items()
        for series, minute, fires in (
            (raising, before, False),
            (raising, after, True),
            (quiet, 190, False),
        )
    ]
    rules = {"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": cases}
    file = tmp_path / "rules.json"
    file.write_text(json.dumps(rules), encoding="utf-8")
    command = ["promtool", "test", "rules", str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - no input of others
    assert ran.returncode == 0, ran.stdout + ran.stderr
