"""Messages of the live capture over its WebSocket (contract: "Live protocol"), in one language."""

import json
from dataclasses import dataclass

from bot.capture.answers import CaptureAnswer
from bot.capture.live.challenges import LiveResponse, Redrawn
from bot.h5.responses import body
from face import Challenge, Hint, Progress, Prompt
from messages.catalogue.phrases import FILM_STEPS, PROMPTS, hint_message
from messages.language.codes import Language

LiveMessage = dict[str, str | int | float]

SLOW_LINE = "slow_line"
"""Reason of the hint that too few frames arrive; the page also uses it for a line that does not answer."""


@dataclass(frozen=True, slots=True)
class PromptShown:
    """The phone has shown and spoken the prompt of a step (from 0)."""

    step: int


@dataclass(frozen=True, slots=True)
class CannotMove:
    """The person cannot make the requested movement."""


def read_text(text: str) -> PromptShown | CannotMove | None:
    """Read a text message of a phone; None for one that is malformed, or from a newer page."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match message:
        case {"type": "cannot"}:
            return CannotMove()
        case {"type": "shown", "step": int(step)} if not isinstance(step, bool):
            return PromptShown(step - 1)
    return None


@dataclass(frozen=True, slots=True)
class LiveProtocol:
    """Puts the results of the check into the protocol's messages."""

    language: Language

    def messages(self, response: LiveResponse, steps: int) -> list[LiveMessage]:
        """Return the messages that follow from a frame; a result is sent at the connection's end."""
        match response:
            case Prompt():
                return [self.prompt(response, steps)]
            case Hint():
                return [self._hint(response)]
            case Progress():
                return [{"type": "progress", "step": response.index + 1, "part": response.part}]
            case Redrawn():
                return [self._hint(response.hint), self.prompt(response.prompt, steps)]
        return []

    def slow_connection(self) -> LiveMessage:
        """Return the message that the network is slow."""
        text = hint_message(SLOW_LINE).spoken(self.language)
        return {"type": "hint", "reason": SLOW_LINE, "text": text}

    def prompt(self, prompt: Prompt, steps: int) -> LiveMessage:
        """Ask for a movement, or for a rest."""
        action = prompt.step.action
        return {
            "type": "prompt",
            "action": action,
            "text": PROMPTS[action].spoken(self.language),
            "step": prompt.index + 1,
            "steps": steps,
            "seconds": prompt.step.seconds,
        }

    def result(self, given: CaptureAnswer) -> LiveMessage:
        """Return the message of the result."""
        return {"type": "result", **body(given, self.language)}

    def actions(self, challenge: Challenge) -> list[LiveMessage]:
        """List what a recorded video must show."""
        return [
            {
                "action": step.action,
                "text": FILM_STEPS[step.action].spoken(self.language),
                "seconds": step.seconds,
            }
            for step in challenge.steps
        ]

    def _hint(self, hint: Hint) -> LiveMessage:
        text = hint_message(hint.reason, hint.action or "").spoken(self.language)
        return {"type": "hint", "reason": hint.reason, "text": text}
