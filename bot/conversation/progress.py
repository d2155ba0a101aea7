"""Notes how far each person of a batch has come today."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.conversation.session_loading import Loaded
from bot.conversation.units_of_work import Stepped
from dialogs.flow.funnel import step_reached
from dialogs.immutable_record import replace
from dialogs.local_time import local_date
from dialogs.progress import DayProgress, FunnelStep
from dialogs.session import Session, State


def note_progress(
    loaded: Loaded, before: Mapping[str, State], stepped: Sequence[Stepped], now: datetime
) -> Counter[FunnelStep]:
    """Note in the loaded sessions how far their people came; return how many reached a step first today.

    `before` has the states from which the batch began, by account.
    """
    today, states = local_date(now), dict(before)
    counts: Counter[FunnelStep] = Counter()
    for one in stepped:
        account, here = one.work.account, one.session
        reached = step_reached(here, states[account])
        states[account] = here.state
        version, latest = loaded[account]
        steps = DayProgress(today, reached).steps_after(latest.progress)
        if steps and _has_spoken(here, today, now):
            counts.update(steps)
            loaded[account] = version, replace(latest, progress=DayProgress(today, reached))
    return counts


def _has_spoken(session: Session, today: date, now: datetime) -> bool:
    """Whether the person has written or tapped today: what the service does on its own is nobody's step."""
    at = session.touched_at
    return at is not None and (at == now or local_date(at) == today)
