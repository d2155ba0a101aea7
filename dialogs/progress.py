"""Steps of the funnel: how far a person comes on one day, from the first word to a pass."""

from datetime import date
from enum import StrEnum

from dialogs.immutable_record import ImmutableRecord


class FunnelStep(StrEnum):
    """Steps in their order; the values are stored."""

    GREETED = "greeted"
    AGREED = "agreed"
    IDENTIFIED = "identified"
    ELIGIBLE = "eligible"
    LINKED = "linked"
    BEGUN = "begun"
    VERIFIED = "verified"


IN_CHAT = (FunnelStep.GREETED, FunnelStep.AGREED, FunnelStep.IDENTIFIED, FunnelStep.ELIGIBLE)
"""Steps that a conversation reaches; the later ones follow from the links and their face checks."""


class DayProgress(ImmutableRecord, frozen=True):
    """The furthest of the steps in the chat that a person has reached on a day in Shanghai."""

    day: date
    step: FunnelStep

    def steps_after(self, before: "DayProgress | None") -> tuple[FunnelStep, ...]:
        """Return the steps that are reached for the first time that day; one step implies those before it."""
        known = IN_CHAT.index(before.step) + 1 if before and before.day == self.day else 0
        return IN_CHAT[known : IN_CHAT.index(self.step) + 1]
