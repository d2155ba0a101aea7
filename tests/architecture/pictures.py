"""Generates the two pictures of `docs/architecture.md` from the code: rooms with imports, and two call paths.

`python -m tests.architecture.pictures` rewrites the pictures inside the page; a test compares them.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import grimp

PAGE = Path(__file__).parents[2] / "docs" / "architecture.md"
ROOTS = ("bot", "dialogs", "face", "messages", "storage")
_PLACE = "<!-- {name} -->\n```mermaid\n{picture}\n```\n<!-- /{name} -->"


class Stage(NamedTuple):
    """One stage of a path: `function` is the qualified name in `module` that does it."""

    module: str
    function: str
    does: str


MESSAGE = (
    Stage("bot.wechat.webhook", "Webhook.deliver", "bounds, verifies, decrypts, parses"),
    Stage("bot.conversation.reception", "Reception.receive", "waits for a place in a batch"),
    Stage("bot.conversation.transaction", "Conversation.execute", "locks, loads, saves, commits"),
    Stage("dialogs.flow.step", "step", "decides, without I/O"),
    Stage("bot.conversation.effects.planner", "EffectPlanner.writes", "turns effects into rows"),
    Stage("storage.messaging.outbox", "Outbox.put", "queues what is sent later"),
    Stage("bot.delivery.worker", "DeliveryWorker.run", "claims, sends, retries"),
    Stage("bot.wechat.api.client", "WeChatClient.send_text", "calls the platform"),
)
CAPTURE = (
    Stage("bot.h5.capture_routes", "add_pages", "serves page, consent, uploads"),
    Stage("bot.h5.live.websocket", "LiveSocket.socket", "queues, receives frames, sends prompts"),
    Stage("bot.capture.service", "CaptureService.see", "bounds and orders the checks"),
    Stage("bot.capture.face_pool", "FacePool.guide", "runs the check off the event loop"),
    Stage("face.liveness.live_check", "LiveCheck.see", "follows the challenge, compares faces"),
    Stage("bot.capture.verdicts.recorder", "VerdictRecorder.settle", "writes verdict, receipt, audit, text"),
)


def rooms() -> str:
    """Return the rooms of the tree and the imports between them as a Mermaid flowchart."""
    graph = grimp.build_graph(*ROOTS)
    imports: Counter[tuple[str, str]] = Counter()
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            pair = (importer.partition(".")[0], imported.partition(".")[0])
            imports[pair] += pair[0] != pair[1]
    lines = ["flowchart TD", *(line for root in ROOTS for line in _room(root, graph.modules))]
    arrows = sorted(pair for pair, count in imports.items() if count)
    return "\n".join([*lines, *(f"  {importer} --> {imported}" for importer, imported in arrows)])


def _room(root: str, modules: set[str]) -> Iterator[str]:
    below = Counter(module.split(".")[1] for module in modules if module.startswith(f"{root}."))
    packages = sorted(name for name in below if f"{root}.{name}" in modules and below[name] > 1)
    yield f"  subgraph {root}"
    yield from (f"    {root}_{name}[{name}]" for name in packages)
    if not packages:
        yield f"    {root}_modules[modules]"
    yield "  end"


def paths() -> str:
    """Return the way of a message and the way of a capture as one Mermaid flowchart."""
    return "\n".join(["flowchart LR", *_path("message", MESSAGE), *_path("capture", CAPTURE)])


def _path(name: str, stages: tuple[Stage, ...]) -> Iterator[str]:
    yield f"  subgraph {name}"
    for number, stage in enumerate(stages):
        yield f'    {name}{number}["{stage.module}<br/>{stage.function}<br/>{stage.does}"]'
    yield f"    {' --> '.join(f'{name}{number}' for number in range(len(stages)))}"
    yield "  end"


def exists(stage: Stage) -> bool:
    """Return whether the stage's function is defined in its module."""
    spec = find_spec(stage.module)
    if spec is None or spec.origin is None:
        return False
    body = ast.parse(Path(spec.origin).read_text(encoding="utf-8")).body
    for name in stage.function.split("."):
        found = [node for node in body if getattr(node, "name", None) == name]
        if not found:
            return False
        body = getattr(found[0], "body", [])
    return True


def with_pictures(page: str) -> str:
    """Return the page with both pictures replaced by what the code gives now."""
    for name, picture in (("rooms", rooms()), ("paths", paths())):
        place = re.compile(rf"<!-- {name} -->.*<!-- /{name} -->", re.DOTALL)
        text = _PLACE.format(name=name, picture=picture)
        page = place.sub(lambda _, text=text: text, page)
    return page


if __name__ == "__main__":
    PAGE.write_text(with_pictures(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
