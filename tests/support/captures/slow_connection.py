"""A phone's slow connection: a TCP proxy on this machine that limits and delays the upload."""

import asyncio
from contextlib import asynccontextmanager, suppress

_PACKET = 1_400
_DELAY = 0.3


class SlowConnection:
    """Forwards connections to `to`; it uploads `bits` a second, each packet `_DELAY` seconds late."""

    def __init__(self, to, bits):
        self.to, self.bits, self.port = to, bits, 0

    def address(self, address):
        """Return the address by which a page is reached over this connection."""
        return address.replace(f":{self.to}/", f":{self.port}/", 1)

    async def forward(self, reader, writer):
        there, back = await asyncio.open_connection("127.0.0.1", self.to)
        underway = asyncio.Queue(maxsize=64)
        ways = [self._send(reader, underway), _arrive(underway, back), _copy(there, writer)]
        tasks = [asyncio.create_task(way) for way in ways]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        except asyncio.CancelledError:
            for stream in (writer, back):
                stream.transport.abort()  # to close it would wait until what is unsent is sent
            raise
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            writer.close()
            back.close()

    async def _send(self, reader, underway):
        loop = asyncio.get_running_loop()
        while packet := await reader.read(_PACKET):
            await asyncio.sleep(8 * len(packet) / self.bits)
            await underway.put((loop.time() + _DELAY, packet))
        await underway.put((loop.time(), b""))


async def _arrive(underway, back):
    loop = asyncio.get_running_loop()
    while (item := await underway.get())[1]:
        await asyncio.sleep(max(0.0, item[0] - loop.time()))
        back.write(item[1])
        await back.drain()
    back.close()


async def _copy(there, writer):
    while packet := await there.read(65_536):
        writer.write(packet)
        await writer.drain()
    writer.close()


@asynccontextmanager
async def slow_connection(to, bits):
    """Yield a slow connection to a local port; a test may change its `bits` while it is in use."""
    carried, connection = set(), SlowConnection(to, bits)

    async def carry(reader, writer):
        carried.add(asyncio.current_task())
        with suppress(asyncio.CancelledError):  # streams complain about a connection that is cancelled
            await connection.forward(reader, writer)

    server = await asyncio.start_server(carry, "127.0.0.1", 0, limit=4 * _PACKET)
    try:
        connection.port = server.sockets[0].getsockname()[1]
        yield connection
    finally:
        server.close()
        for task in carried:
            task.cancel()
        await asyncio.gather(*carried, return_exceptions=True)
