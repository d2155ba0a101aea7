"""A client that costs little: prepared bytes over kept connections, one request at a time on each."""

import asyncio
from collections.abc import Iterator
from time import perf_counter


class _Connection(asyncio.Protocol):
    """Sends the next request as soon as the answer to the last one is complete."""

    def __init__(self, requests: Iterator[bytes], finished: asyncio.Future[None], times: list[float]) -> None:
        self._requests, self._times, self._sent = requests, times, 0.0
        self._finished = finished
        self._received = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport):
        self._transport = transport
        self._send()

    def data_received(self, data):
        self._received += data
        if not _is_whole(self._received):
            return
        if not self._received.startswith(b"HTTP/1.1 200 "):
            self._fail(f"the server answered {self._received[9:12].decode()}")
            return
        self._received = b""
        self._times.append(perf_counter() - self._sent)
        self._send()

    def connection_lost(self, exc):  # noqa: ARG002 - asyncio names it
        self._fail("the server closed a connection")

    def _send(self):
        request = next(self._requests, None)
        if request is not None:
            self._sent = perf_counter()
            self._transport.write(request)
        elif not self._finished.done():
            self._finished.set_result(None)

    def _fail(self, why):
        if not self._finished.done():
            self._finished.set_exception(ConnectionError(why))


def _is_whole(received: bytes) -> bool:
    head, separator, body = received.partition(b"\r\n\r\n")
    if not separator:
        return False
    length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
    return len(body) >= int(length)


async def requests_per_second(port: int, requests: list[bytes], connections: int) -> float:
    """Send all requests over kept connections; a refusal or a lost connection ends the bench."""
    elapsed, _ = await _sent(port, requests, connections)
    return len(requests) / elapsed


async def answer_times(port: int, requests: list[bytes], connections: int) -> list[float]:
    """Send all requests as `requests_per_second` does; return the seconds that each answer took."""
    _, times = await _sent(port, requests, connections)
    return times


async def _sent(port: int, requests: list[bytes], connections: int) -> tuple[float, list[float]]:
    loop = asyncio.get_running_loop()
    waiting, times = iter(requests), []
    finished = [loop.create_future() for _ in range(connections)]
    start = perf_counter()
    opened = [
        await loop.create_connection(lambda one=one: _Connection(waiting, one, times), "127.0.0.1", port)
        for one in finished
    ]
    await asyncio.gather(*finished)
    elapsed = perf_counter() - start
    for transport, _ in opened:
        transport.abort()
    return elapsed, times
