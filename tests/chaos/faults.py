"""Faults of the installation; each function starts the fault, waits and ends it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType

from tests.chaos.disk_postgres import DiskPostgres
from tests.chaos.programs import Program
from tests.chaos.traffic import Traffic

_OUTAGE = 6.0
"""Seconds that a database is away or full: of the platform's three tries the last one is then answered."""
_CRASHED = 1.5
_SLOW, _SLOW_SECONDS = 3.0, 8.0


@dataclass(slots=True)
class Installation:
    """The installation under fault; `stops` are the seconds that stops took, None for one that hung."""

    postgres: DiskPostgres
    serves: list[Program]
    workers: list[Program]
    traffic: Traffic
    dice: Random
    stops: list[float | None] = field(default_factory=list)


async def kill_serve(installation: Installation) -> None:
    await _replace(installation.dice.choice(installation.serves))


async def kill_worker(installation: Installation) -> None:
    await _replace(installation.dice.choice(installation.workers))


async def kill_worker_in_calls(installation: Installation) -> None:
    """Kill a worker while the platform is slow to answer its calls."""
    installation.traffic.api.faults.change({"latency": 0.4})
    await asyncio.sleep(1)
    await kill_worker(installation)
    installation.traffic.api.faults.change({})


async def restart(installation: Installation) -> None:
    """Stop one program gracefully and start it again, as in an upgrade."""
    await _stop_and_start(
        installation, installation.dice.choice([*installation.serves, *installation.workers])
    )


async def restart_while_frozen(installation: Installation) -> None:
    """Stop a program while it waits for a frozen database."""
    program = installation.dice.choice([*installation.serves, *installation.workers])
    with installation.postgres.frozen():
        await asyncio.sleep(1)
        installation.stops.append(await program.stop())
    await program.start()


async def crash_database(installation: Installation) -> None:
    await asyncio.to_thread(installation.postgres.stop)
    await asyncio.sleep(_CRASHED)
    await asyncio.to_thread(installation.postgres.start)


async def freeze_database(installation: Installation) -> None:
    with installation.postgres.frozen():
        await asyncio.sleep(_OUTAGE)


async def fill_disk(installation: Installation) -> None:
    await asyncio.to_thread(installation.postgres.fill)
    await asyncio.sleep(_OUTAGE)
    await asyncio.to_thread(installation.postgres.free)


async def slow_platform(installation: Installation) -> None:
    installation.traffic.api.faults.change({"latency": _SLOW})
    await asyncio.sleep(_SLOW_SECONDS)
    installation.traffic.api.faults.change({})


async def _replace(program: Program) -> None:
    await program.kill()
    await program.start()


async def _stop_and_start(installation: Installation, program: Program) -> None:
    installation.stops.append(await program.stop())
    await program.start()


Fault = Callable[[Installation], Awaitable[None]]
FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        "serve killed": kill_serve,
        "worker killed": kill_worker,
        "worker killed in calls": kill_worker_in_calls,
        "restarted": restart,
        "database crashed": crash_database,
        "database frozen": freeze_database,
        "restarted while frozen": restart_while_frozen,
        "disk full": fill_disk,
        "platform slow": slow_platform,
    }
)
