"""The table of everything measured: name, help and labels of each series.

Labels are members of closed sets. Nothing that a person or a stranger sends becomes a label.
"""

from enum import Enum, StrEnum
from typing import NamedTuple


class Series(NamedTuple):
    """One row; `labels` are the names of its labels, `buckets` the upper bounds of a histogram."""

    name: str
    help: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()


_FAST = (0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.02, 0.1, 1)
_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_SIZES = (1, 2, 4, 8, 16, 32, 64)


class TalkStage(StrEnum):
    """Labels of open chats."""

    WAITING = "waiting"
    TAKEN = "taken"


class RegistryStanding(StrEnum):
    """Labels of the people of the registry."""

    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"
    LIVING = "living"


class Count(Enum):
    """Counters; Prometheus shows each with the ending `_total`."""

    MESSAGES = Series(
        "pension_bot_messages", "Requests from the platform, by kind and HTTP status.", ("kind", "status")
    )
    STEPS = Series("pension_bot_steps", "Dialog steps, by the state that they lead to.", ("state",))
    CHECKS = Series("pension_bot_eligibility_checks", "Eligibility checks, by outcome.", ("outcome",))
    CAPTURES = Series("pension_bot_captures", "Outcomes of face checks.", ("channel", "outcome", "reason"))
    PASSES = Series("pension_bot_passes", "Recorded certifications by face.", ("channel", "mark"))
    DELIVERIES = Series(
        "pension_bot_deliveries", "Attempts to send a message, by class of the errcode.", ("kind", "outcome")
    )
    REMINDERS = Series("pension_bot_reminders", "Reminders queued, by days before the due date.", ("stage",))
    EXPORTS = Series(
        "pension_bot_exports", "Attempts to send a pass or a revocation to the core system.", ("outcome",)
    )
    PASS_NOTICES = Series(
        "pension_bot_pass_notices", "Notices queued that nothing has to be done, by source.", ("source",)
    )
    PURGED = Series("pension_bot_purged_rows", "Rows deleted at the end of their retention.", ("of",))
    DECODER_ENDS = Series(
        "pension_bot_decoder_ends", "Decoding processes that crashed or took too long over a file.", ("how",)
    )
    TOKENS = Series("pension_bot_token_refreshes", "Requests for an access token, by answer.", ("outcome",))


class Measure(Enum):
    """Histograms."""

    STEP = Series("pension_bot_step_seconds", "Duration of a dialog step, without I/O.", (), _FAST)
    BATCH = Series("pension_bot_batch_seconds", "Duration of a conversation transaction.", (), _SECONDS)
    BATCH_SIZE = Series("pension_bot_batch_messages", "Messages that share a transaction.", (), _SIZES)
    CHECK = Series("pension_bot_eligibility_check_seconds", "Duration of an eligibility check.", (), _SECONDS)
    FACE_CHECK = Series(
        "pension_bot_face_check_seconds", "Duration of a face check on its thread.", ("work",), _SECONDS
    )
    STATEMENT = Series("pension_bot_database_statement_seconds", "Duration of a statement.", (), _SECONDS)
    LOOP_LAG = Series("pension_bot_event_loop_lag_seconds", "Delay of a timer.", (), _SECONDS)


class Level(Enum):
    """Gauges."""

    LIVE_INSIDE = Series("pension_bot_live_captures", "Live captures under way in this process.")
    LIVE_WAITING = Series("pension_bot_live_waiting", "People in line at this process.")
    LIVE_PLACES = Series("pension_bot_live_places", "Live captures that a machine takes at once.")
    OUTBOX_UNDONE = Series(
        "pension_bot_outbox_undone", "Rows still to be sent, counted up to 100 000.", ("kind",)
    )
    OUTBOX_AGE = Series("pension_bot_outbox_oldest_due_seconds", "Age of the oldest row that is due.")
    EXPORT_AGE = Series(
        "pension_bot_export_oldest_seconds", "Age of the oldest pass that the core system has not accepted."
    )
    FUNNEL = Series("pension_bot_funnel_today", "People today (Shanghai), by step.", ("step",))
    BENEFICIARIES = Series(
        "pension_bot_beneficiaries",
        "People in the registry, as counted within the last hour, by standing.",
        ("standing",),
    )
    BENEFICIARIES_AGE = Series("pension_bot_beneficiaries_count_age_seconds", "Age of the last such count.")
    TALKS = Series("pension_bot_talks", "Open chats with clerks, taken and waiting.", ("stage",))
    TALK_WAIT = Series("pension_bot_talk_longest_wait_seconds", "Longest wait of an open chat for a clerk.")
    DATABASE_UP = Series("pension_bot_database_up", "1 if the database accepts writes.")
    TROUBLE = Series(
        "pension_bot_database_trouble", "1 for each database trouble that readyz names.", ("trouble",)
    )
    ALARMS = Series("pension_bot_alarms", "Alarms that readyz names, by what the fault stops.", ("scope",))
