"""Findings of `doctor` about the desk that answers chats."""

from datetime import datetime

import pytest

from bot.cli.doctor.findings import Severity
from bot.cli.doctor.human_service import human_service_finding
from bot.settings.opening_hours import opening_hours, special_days
from dialogs.local_time import SHANGHAI
from dialogs.rules.human_service import HumanService

HOURS = opening_hours("mon-fri 09:00-17:00", "HUMAN_HOURS")
HOLIDAYS = "2026-10-01..2026-10-07, 2026-10-10=fri"


@pytest.mark.parametrize(
    ("day", "holidays", "severity", "said"),
    [
        ("2026-10-09", HOLIDAYS, Severity.OK, "next at 2026-10-10 09:00; holidays known until 2026-10-10"),
        ("2026-10-01", HOLIDAYS, Severity.OK, "closed, opens next at 2026-10-08 09:00"),
        ("2026-10-12", HOLIDAYS, Severity.WARN, "add the next holidays to HUMAN_HOLIDAYS"),
        ("2026-12-01", "2026-12-31", Severity.WARN, "add the next holidays to HUMAN_HOLIDAYS"),
        ("2026-12-01", "2027-01-01..2027-01-03", Severity.OK, "holidays known until 2027-01-03"),
        ("2026-10-09", "", Severity.WARN, "no holidays; set HUMAN_HOLIDAYS"),
    ],
)  # fmt: skip
def test_finding_reports_desk_hours_and_known_holidays(day, holidays, severity, said):
    special = special_days(holidays, "HUMAN_HOLIDAYS") if holidays else ()
    finding = human_service_finding(
        HumanService(HOURS, special=special), datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=SHANGHAI)
    )
    assert finding.severity is severity
    assert said in finding.line()
