"""Judges movements that were not asked for: small ones are forgiven once, clear ones end the walk."""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from face.liveness.bounds import Bounds
from face.liveness.movements import Action, MovementTable
from face.liveness.walk_state import WalkState

CARRIED = 0.5
"""Share of a movement that counts during one that usually carries it, such as a bow while leaning in."""
OVER = 0.8
"""Extent below which an unasked movement is over, so that noise around the bound adds no second one."""


@dataclass(frozen=True, slots=True)
class UnaskedMovements:
    """Counts unasked movements by the limits of a walk."""

    bounds: Bounds
    movements: MovementTable

    def count(self, state: WalkState, extent: Mapping[Action, float], asked: Action) -> WalkState | None:
        """Note a movement that is greater than the one `asked` for; None if it ends the walk."""
        most = self._most(extent, asked)
        if most <= extent.get(asked, 0.0) or most < self.bounds.whole:
            return replace(state, is_moving_unasked=state.is_moving_unasked and most >= OVER)
        unasked = state.unasked + (not state.is_moving_unasked)
        if most >= self.bounds.clear or unasked > self.bounds.most_unasked:
            return None
        return replace(state, unasked=unasked, is_moving_unasked=True)

    def _most(self, extent: Mapping[Action, float], asked: Action) -> float:
        carries = self.movements.of(asked).carries if asked is not Action.CENTRE else frozenset()
        weights = {row.action: CARRIED if row.kind in carries else 1.0 for row in self.movements.rows}
        return max(made * weights[action] for action, made in extent.items() if action is not asked)
