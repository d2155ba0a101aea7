"""Messages of the live capture over its WebSocket (contract: "Live protocol"), in one language."""

import json
from dataclasses import dataclass

from bot.capture.answers import CaptureAnswer
from bot.capture.challenges import Redrawn, Told
from bot.h5.responses import body
from face import Challenge, Hint, Progress, Prompt
from messages.languages import Language
from messages.phrases import FILM_STEPS, PROMPTS, hint_message

Said = dict[str, str | int | float]

_SLOW_LINE = "slow_line"


@dataclass(frozen=True, slots=True)
class PromptShown:
    """The phone has shown and spoken the prompt of a step (from 0)."""

    step: int


@dataclass(frozen=True, slots=True)
class CannotMove:
    """The person cannot make the movement that is asked for."""


def read_text(text: str) -> PromptShown | CannotMove | None:
    """Read what a phone says in words; None for what is malformed, or from a newer page."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match said:
        case {"type": "cannot"}:
            return CannotMove()
        case {"type": "shown", "step": int(step)} if not isinstance(step, bool):
            return PromptShown(step - 1)
    return None


@dataclass(frozen=True, slots=True)
class LiveProtocol:
    """Puts what the check tells into the protocol's messages."""

    language: Language

    def said(self, told: Told, steps: int) -> list[Said]:
        """Give the messages for what a frame brought; a result is for the connection's end."""
        match told:
            case Prompt():
                return [self.prompt(told, steps)]
            case Hint():
                return [self._hint(told)]
            case Progress():
                return [{"type": "progress", "step": told.index + 1, "part": told.part}]
            case Redrawn():
                return [self._hint(told.hint), self.prompt(told.prompt, steps)]
        return []

    def slow_line(self) -> Said:
        """Say that the network is slow."""
        return {"type": "hint", "reason": _SLOW_LINE, "text": hint_message(_SLOW_LINE).spoken(self.language)}

    def prompt(self, told: Prompt, steps: int) -> Said:
        """Ask for a movement, or for a rest."""
        action = told.step.action
        return {
            "type": "prompt",
            "action": action,
            "text": PROMPTS[action].spoken(self.language),
            "step": told.index + 1,
            "steps": steps,
            "seconds": told.step.seconds,
        }

    def result(self, given: CaptureAnswer) -> Said:
        """Say how it ended."""
        return {"type": "result", **body(given, self.language)}

    def actions(self, challenge: Challenge) -> list[Said]:
        """List what a recorded video must show."""
        return [
            {
                "action": step.action,
                "text": FILM_STEPS[step.action].spoken(self.language),
                "seconds": step.seconds,
            }
            for step in challenge.steps
        ]

    def _hint(self, told: Hint) -> Said:
        text = hint_message(told.reason, told.action or "").spoken(self.language)
        return {"type": "hint", "reason": told.reason, "text": text}
