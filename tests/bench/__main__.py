"""Measures and prints one table; nothing is asserted, since times depend on the machine.

`python -m tests.bench webhook conversation` prints those parts alone.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from tests.bench import conversation
from tests.bench.parts import beside, claims, delivery, face, live, registry, reminders, start, webhook

WIDTH = 50


def _line(what: str, value: str, note: str = "") -> str:
    return f"{what:{WIDTH}}{value:>14}  {note}".rstrip()


def _webhook() -> list[str]:
    return [line for connections in webhook.CONNECTIONS for line in _webhook_over(connections)]


def _webhook_over(connections: int) -> list[str]:
    note = "of the bare handler: by the clock, by processor"
    title = _line(f"webhook, {connections} connections", "requests/s", note)
    return [title, *(_line(what, *_shown(rate, ratio)) for what, rate, ratio in webhook.rows(connections))]


def _shown(rate: webhook.Rate, ratio: webhook.Rate) -> tuple[str, str]:
    return f"{rate.requests:,.0f}", f"{ratio.requests:.2f}  {ratio.processor:.2f}"


def _conversation() -> list[str]:
    title = _line("conversation alone, batches of 32", "µs", "of all threads' processors, a message")
    return [title, *(_line("SQLite synchronous=FULL", f"{time:.0f}") for _, time in conversation.rows())]


def _delivery() -> list[str]:
    title = _line("delivery, 32 calls at once", "sends/s", "of the bare calls")
    return [title, *(_line(what, f"{rate:,.0f}", f"{ratio:.2f}") for what, rate, ratio in delivery.rows())]


def _claims() -> list[str]:
    title = _line(f"claim, {claims.WAITING:,} waiting behind {claims.ENDED:,}", "ms", "median")
    return [title, *(_line(what, value) for what, value in claims.rows())]


def _face() -> list[str]:
    title = _line("face check, one core", "ms", "median")
    return [title, *(_line(what, f"{milliseconds:.1f}", note) for what, milliseconds, note in face.rows())]


def _live() -> list[str]:
    return [_line("live capture", ""), *(_line(what, value, note) for what, value, note in live.rows())]


def _start() -> list[str]:
    return [_line("start", "s"), *(_line(what, f"{seconds:.2f}") for what, seconds in start.rows())]


def _reminders() -> list[str]:
    title = _line(f"reminders, {reminders.SUBSCRIPTIONS:,} subscriptions", "s")
    return [title, *(_line(what, seconds, note) for what, seconds, note in reminders.rows())]


def _registry() -> list[str]:
    title = _line(f"registry import, {registry.ROWS:,} rows", "rows/s", "of the bare ones")
    return [title, *(_line(what, f"{rate:,.0f}", note) for what, rate, note in registry.rows())]


def _beside() -> list[str]:
    title = _line(f"webhook, {beside.A_SECOND} messages a second", "ms", "median, 99 % are under, latest")
    return [title, *(_line(what, "", note) for what, note in beside.rows())]


PARTS = {
    "webhook": _webhook,
    "beside": _beside,
    "conversation": _conversation,
    "delivery": _delivery,
    "claims": _claims,
    "start": _start,
    "face": _face,
    "live": _live,
    "reminders": _reminders,
    "registry": _registry,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print each part, or each named part, as soon as it is measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", type=_part, metavar="PART", help=", ".join(PARTS))
    chosen = parser.parse_args(arguments).parts
    sys.stdout.write(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
    for name in chosen or PARTS:
        sys.stdout.write("\n" + "\n".join(PARTS[name]()) + "\n")
        sys.stdout.flush()


def _part(name: str) -> str:
    if name not in PARTS:
        message = f"must be some of {', '.join(PARTS)}"
        raise argparse.ArgumentTypeError(message)
    return name


if __name__ == "__main__":
    main()
