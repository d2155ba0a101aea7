"""Faults of the fake platform on demand: unreachable, slow, malformed or refusing answers."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, fields

from aiohttp import web

NONSENSE = "<html><body>502 Bad Gateway</body></html>"


@dataclass(slots=True)
class SimulatedFaults:
    """Behaviour of the simulated network per call; the names are those of the JSON at `/sim/api/weather`.

    `away`, `lost` (done, but the answer never comes), `garbage` and `errcode` hold for the next `times`
    calls; 0 `times` means for good. `latency` is in seconds; `report` is what the platform says of template
    messages.
    """

    away: bool = False
    lost: bool = False
    garbage: bool = False
    errcode: int = 0
    latency: float = 0.0
    times: int = 0
    report: str = "success"
    calls: int = 0

    def change(self, wanted: Mapping[str, object]) -> bool:
        """Switch to these faults alone; False, and no change, for invalid names or types."""
        defaults = {one.name: one.default for one in fields(self) if one.name != "calls"}
        if not all(name in defaults and _is(value, type(defaults[name])) for name, value in wanted.items()):
            return False
        for name, default in defaults.items():
            setattr(self, name, wanted.get(name, default))
        return True

    async def intercept(self, request: web.Request) -> web.Response | None:
        """Return None to let a call through, else the faulty answer that is switched on."""
        self.calls += 1
        if self.latency:
            await asyncio.sleep(self.latency)
        if not (self.away or self.garbage or self.errcode):
            return None
        answer = self._answer(request)
        self._count_down()
        return answer

    def lose(self, request: web.Request) -> None:
        """Break the connection of a call that was carried out, if answers are to get lost."""
        if self.lost:
            _hang_up(request)
            self._count_down()

    def _answer(self, request: web.Request) -> web.Response:
        if self.away:
            _hang_up(request)
        if self.away or self.garbage:
            return web.Response(text=NONSENSE, content_type="text/html")
        return web.json_response({"errcode": self.errcode, "errmsg": "the weather"})

    def _count_down(self) -> None:
        if self.times:
            self.times -= 1
            if not self.times:
                self.away, self.lost, self.garbage, self.errcode = False, False, False, 0


def _hang_up(request: web.Request) -> None:
    if request.transport:
        request.transport.close()


def _is(value: object, kind: type) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 60
    return type(value) is kind
