"""Faults of the installation: each begins, lasts and ends by itself."""

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
    """Everything that faults are done to; `stops` are the seconds that stops took, None for one that hung."""

    postgres: DiskPostgres
    serves: list[Program]
    workers: list[Program]
    traffic: Traffic
    dice: Random
    stops: list[float | None] = field(default_factory=list)


async def kill_serve(house: Installation) -> None:
    await _replace(house.dice.choice(house.serves))


async def kill_worker(house: Installation) -> None:
    await _replace(house.dice.choice(house.workers))


async def kill_worker_in_calls(house: Installation) -> None:
    """Kill it while the platform takes its time over what it sends."""
    house.traffic.api.weather.change({"latency": 0.4})
    await asyncio.sleep(1)
    await kill_worker(house)
    house.traffic.api.weather.change({})


async def restart(house: Installation) -> None:
    """Stop one program in good order, and start it again, as a new version is put in place."""
    await _stop_and_start(house, house.dice.choice([*house.serves, *house.workers]))


async def restart_while_frozen(house: Installation) -> None:
    """Stop a program that waits for a database which will not answer before."""
    program = house.dice.choice([*house.serves, *house.workers])
    with house.postgres.frozen():
        await asyncio.sleep(1)
        house.stops.append(await program.stop())
    await program.start()


async def crash_database(house: Installation) -> None:
    await asyncio.to_thread(house.postgres.stop)
    await asyncio.sleep(_CRASHED)
    await asyncio.to_thread(house.postgres.start)


async def freeze_database(house: Installation) -> None:
    with house.postgres.frozen():
        await asyncio.sleep(_OUTAGE)


async def fill_disk(house: Installation) -> None:
    await asyncio.to_thread(house.postgres.fill)
    await asyncio.sleep(_OUTAGE)
    await asyncio.to_thread(house.postgres.free)


async def slow_platform(house: Installation) -> None:
    house.traffic.api.weather.change({"latency": _SLOW})
    await asyncio.sleep(_SLOW_SECONDS)
    house.traffic.api.weather.change({})


async def _replace(program: Program) -> None:
    await program.kill()
    await program.start()


async def _stop_and_start(house: Installation, program: Program) -> None:
    house.stops.append(await program.stop())
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
