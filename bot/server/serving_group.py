"""The programs of `serve --processes N`: N that serve at one port, and one that delivers.

Delivery has a process of its own: one is enough for a machine, and it loads no face models.
"""

from collections.abc import Iterator, Mapping

from bot.errors import BadSetting
from bot.server.process_group import GroupMember
from bot.settings.parsers import PREFIX, ListenAddress, listen_address

MEMBER_OPTION = "--member-of"
"""Hidden option: how many processes serve in the group; a member stops when its group is gone."""

QUEUE_OPTION = "--line-file"
"""Hidden option: the open file by which the members share the queue before the live capture."""

_PROGRAM = ("-m", "bot.cli.main")
_ADMIN, _METRICS = f"{PREFIX}ADMIN_LISTEN", f"{PREFIX}METRICS_LISTEN"
_LAST_PORT = 65535
_OF_SYSTEMD = frozenset({"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
"""What systemd asks of the group: its members give their signs of life to the group."""


def serving_group(
    environment: Mapping[str, str], address: tuple[str, int], processes: int, queue_file: int, *, worker: bool
) -> list[GroupMember]:
    """Return the members; the first one serves the console, and each has metrics at a port of its own.

    `/metrics` of the n-th is at `METRICS_LISTEN` plus n, counted from 0, the delivering process last. Raises
    BadSetting if not all of these ports can be had.
    """
    host, port = address
    _require_metrics_ports(environment, address, processes + worker)
    serve = ["serve", "--no-worker", "--host", host, "--port", str(port), QUEUE_OPTION, str(queue_file)]
    commands = [serve] * processes + [["worker"]] * worker
    return [
        GroupMember(
            f"{command[0]} {place}",
            [*_PROGRAM, *command, MEMBER_OPTION, str(processes)],
            dict(_environment(environment, place)),
            (queue_file,),
        )
        for place, command in enumerate(commands)
    ]


def _require_metrics_ports(environment: Mapping[str, str], address: tuple[str, int], count: int) -> None:
    metrics, console = (_listener(environment, name) for name in (_METRICS, _ADMIN))
    if metrics is None:
        return
    last = metrics.port + count - 1
    own = {address, (console.host, console.port)} if console else {address}
    if last > _LAST_PORT or any((metrics.host, port) in own for port in range(metrics.port, last + 1)):
        message = f"{_METRICS} must be the first of {count} free ports for --processes, up to {last}"
        raise BadSetting(message)


def _listener(environment: Mapping[str, str], name: str) -> ListenAddress | None:
    value = environment.get(name, "").strip()
    return listen_address(value, name.removeprefix(PREFIX)) if value else None


def _environment(environment: Mapping[str, str], place: int) -> Iterator[tuple[str, str]]:
    """Yield what the process at a place is given; only the group reports readiness."""
    for name, value in environment.items():
        if name == _METRICS and (at := _listener(environment, name)):
            yield name, f"{_in_address(at.host)}:{at.port + place}"
        elif name not in _OF_SYSTEMD:
            yield name, "" if name == _ADMIN and place else value


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
