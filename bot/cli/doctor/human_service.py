"""Checks the human service (人工服务): its hours, and whether its holidays are up to date."""

from datetime import date, datetime

from bot.cli.doctor.findings import Finding, ok, warn
from bot.clock import system_clock
from bot.errors import BotError
from bot.settings.command_settings import human_service
from bot.settings.environment import environment
from dialogs.local_time import SHANGHAI
from dialogs.rules.human_service import HumanService

_NAME = "desk for chats"
_KNOWN_FROM = 12
"""The month by which the next year's holidays are known: the State Council announces them in November."""


def human_service_hours() -> list[Finding]:
    """Check the hours in which clerks answer; a wrong setting is reported elsewhere."""
    try:
        human = human_service(environment())
    except BotError:
        return []
    return [human_service_finding(human, system_clock().astimezone(SHANGHAI))] if human.is_offered else []


def human_service_finding(human: HumanService, now: datetime) -> Finding:
    """Return the finding for a moment in Shanghai."""
    said = "open" if human.is_open(now) else "closed"
    said = f"{said}, opens next at {human.opens_at(now):%Y-%m-%d %H:%M}"
    if not human.special:
        return warn(_NAME, f"{said}; no holidays", "set HUMAN_HOLIDAYS, or nobody answers on them")
    last = max(special.last for special in human.special)
    said = f"{said}; holidays known until {last}"
    if last < _wanted(now.date()):
        return warn(_NAME, said, "add the next holidays to HUMAN_HOLIDAYS")
    return ok(_NAME, said)


def _wanted(today: date) -> date:
    """Return the day until which holidays can be known."""
    return date(today.year + 1, 1, 1) if today.month >= _KNOWN_FROM else today
