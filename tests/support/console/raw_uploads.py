"""File uploads written to a raw socket: in pieces, too slowly, or with a wrong length."""

import asyncio
from contextlib import asynccontextmanager, suppress

_PATIENCE = 60


def form_head(csrf):
    """Return the start of a form with a file, up to the file's first byte."""
    return (
        f'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{csrf}\r\n--x\r\nContent-Disposition: '
        'form-data; name="file"; filename="people.csv"\r\n\r\n'
    ).encode()


async def begin_upload(office, desk, headers):
    """Send the headers of a registry upload; return the connection's reader and writer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(office.origin.rpartition(":")[2]))
    jar = "; ".join(f"{name}={value}" for name, value in desk.cookies.items())
    lines = {
        "Host": office.origin.removeprefix("http://"),
        "Origin": office.origin,
        "Cookie": jar,
        "User-Agent": desk.browser,
        "Content-Type": "multipart/form-data; boundary=x",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    writer.write(f"POST /admin/loading/registry HTTP/1.1\r\n{head}\r\n".encode())
    return reader, writer


async def send_part(office, desk, headers, *pieces):
    """Send the first part of a request and read the response."""
    reader, writer = await begin_upload(office, desk, headers)
    for piece in pieces:
        writer.write(piece)
    answered = await read_response(reader)
    writer.close()
    return answered


async def read_response(reader):
    """Read a response; return its status and page."""
    async with asyncio.timeout(_PATIENCE):
        answer = await reader.read(12)
        page = await reader.readuntil(b"</html>")
    return int(answer.split()[1]), page.decode(errors="replace")


@asynccontextmanager
async def drip_feed(writer, piece):
    """Keep sending small pieces until the block ends."""

    async def drip():
        with suppress(ConnectionError):
            while True:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.02)

    drops = asyncio.create_task(drip())
    yield
    drops.cancel()
    writer.close()
