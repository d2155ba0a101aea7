"""The platform finds its verification file at the root of the domain, and nothing else of that folder."""

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.h5.verification_files import add_verification_files

NAME = "MP_verify_AbCdEf0123456789.txt"


async def test_only_the_platform_s_verification_files_are_served(tmp_path):
    (tmp_path / NAME).write_bytes(b"AbCdEf0123456789")
    (tmp_path / "data-keys.txt").write_text("secret")
    (tmp_path / "MP_verify_toolarge.txt").write_bytes(b"x" * 1025)
    app = web.Application()
    add_verification_files(app, tmp_path)
    async with TestClient(TestServer(app)) as client:
        given = await client.get(f"/{NAME}")
        assert (given.status, given.content_type) == (200, "text/plain")
        assert await given.text() == "AbCdEf0123456789"
        for other in ("data-keys.txt", "MP_verify_toolarge.txt", "MP_verify_..%2Fdata-keys.txt"):
            assert (await client.get(f"/{other}")).status == 404
