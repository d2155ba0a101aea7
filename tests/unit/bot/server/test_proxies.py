"""The client's address is found behind proxies, and forged headers are not believed."""

from ipaddress import ip_network

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.server.proxies import trust_proxies

LOCAL = "127.0.0.1/32"
CLIENT = "203.0.113.9"


async def remote_and_scheme(proxies, headers):
    """Return remote and scheme as a handler of a sub-application sees them."""

    async def handler(request):
        return web.json_response([request.remote, request.scheme])

    inner = web.Application()
    inner.add_routes([web.get("/{any}", handler)])
    app = web.Application(middlewares=trust_proxies([ip_network(one) for one in proxies]))
    app.add_subapp("/inner", inner)
    async with TestClient(TestServer(app)) as http, http.get("/inner/x", headers=headers) as answer:
        return await answer.json()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        ([LOCAL], CLIENT, CLIENT),
        ([LOCAL], f"6.6.6.6, {CLIENT}", CLIENT),  # the left one is forged by the client
        ([LOCAL], "6.6.6.6, 127.0.0.1", "6.6.6.6"),
        ([LOCAL, "10.0.0.0/8"], f"6.6.6.6, {CLIENT}, 10.1.2.3", CLIENT),
        ([LOCAL, "10.0.0.0/8"], "10.9.9.9, 10.1.2.3", "10.9.9.9"),
        ([LOCAL], f"{CLIENT}, 10.1.2.3", "10.1.2.3"),  # an undeclared hop
        ([LOCAL, "2001:db8::/32"], f"{CLIENT}, [2001:db8::1]:443", CLIENT),
        ([LOCAL], f"{CLIENT}:5678", CLIENT),
        ([LOCAL], f"::ffff:{CLIENT}", CLIENT),
        ([LOCAL], "unknown", "127.0.0.1"),
        ([LOCAL], f"{CLIENT}, <script>", "127.0.0.1"),
        ([LOCAL], "", "127.0.0.1"),
        ([], CLIENT, "127.0.0.1"),
        (["10.0.0.0/8"], CLIENT, "127.0.0.1"),
    ],
)
async def test_client_is_the_rightmost_address_that_is_not_a_proxy(proxies, forwarded, client):
    assert (await remote_and_scheme(proxies, {"X-Forwarded-For": forwarded}))[0] == client


async def test_repeated_headers_are_read_as_one_list():
    headers = [("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-For", CLIENT)]
    assert (await remote_and_scheme([LOCAL], headers))[0] == CLIENT


@pytest.mark.parametrize(
    ("proxies", "said", "scheme"),
    [
        ([LOCAL], "https", "https"),
        ([LOCAL], "http, https", "https"),
        ([LOCAL], "https, http", "http"),
        ([LOCAL], "javascript", "http"),
        ([], "https", "http"),
        (["10.0.0.0/8"], "https", "http"),
    ],
)
async def test_scheme_is_taken_only_from_a_trusted_proxy(proxies, said, scheme):
    assert (await remote_and_scheme(proxies, {"X-Forwarded-Proto": said}))[1] == scheme
