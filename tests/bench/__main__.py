"""Measures and prints one table; nothing is asserted, since times belong to a machine."""

import os
import sys

from tests.bench import claims, conversation, delivery, face, live, registry, reminders, start, webhook

WIDTH = 46


def _line(what: str, value: str, note: str = "") -> str:
    return f"{what:{WIDTH}}{value:>14}  {note}".rstrip()


def _webhook() -> list[str]:
    title = _line("webhook, 32 connections", "requests/s", "of the bare handler")
    return [title, *(_line(what, f"{rate:,.0f}", f"{ratio:.2f}") for what, rate, ratio in webhook.rows())]


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


def main() -> None:
    """Print each part as soon as it is measured."""
    sys.stdout.write(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
    for part in (_webhook, _conversation, _delivery, _claims, _start, _face, _live, _reminders, _registry):
        sys.stdout.write("\n" + "\n".join(part()) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
