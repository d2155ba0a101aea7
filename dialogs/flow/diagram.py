"""Draws the dialog: `python -m dialogs.flow.diagram > docs/dialog.md` rewrites the page."""

from dialogs.flow.machine import FLOW, Flow
from dialogs.flow.states.row import Move
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.table import ANYWHERE
from dialogs.session import State

_EVERYWHERE = frozenset(move.trigger for move in ANYWHERE)


def mermaid(flow: Flow = FLOW) -> str:
    """Return the table's diagram, without the triggers that work anywhere."""
    shown = [
        (s, m) for s, m in flow.moves if m.trigger not in _EVERYWHERE and not _is_edit_as_back(flow, s, m)
    ]
    lines = [f"    {source} --> {move.dest} : {move.trigger}{_when(move)}" for source, move in shown]
    return "\n".join(["stateDiagram-v2", "    [*] --> home", "    home --> agreement : choose", *lines])


def _is_edit_as_back(flow: Flow, source: State, move: Move) -> bool:
    return move.trigger is Trigger.EDIT and flow.row(source).edit is None


def _when(move: Move) -> str:
    return f" [{move.when.name}]" if move.when else ""


def document() -> str:
    """Return `docs/dialog.md`."""
    return (
        "# The dialog\n\n"
        "Drawn from the table by `python -m dialogs.flow.diagram`; a test compares the two.\n"
        "From every state `home` (返回首页) leads home, `choose` (a scheme) to the agreement, `city` to the\n"
        "cities, `death` (a death to be reported) to the relative or the name, and `withdraw` (the face\n"
        "consent) to its one question. `edit` (修改) is drawn where something was\n"
        "entered; elsewhere it is `back`.\n\n"
        f"```mermaid\n{mermaid()}\n```\n"
    )


if __name__ == "__main__":
    print(document(), end="")  # noqa: T201 - printing is what this command is for
