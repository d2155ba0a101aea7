"""Checks of the path from a phone: the public address, its certificate, and the live capture's WebSocket."""

import asyncio
import socket
import ssl
import time
from ipaddress import ip_address
from urllib.parse import urlsplit

import aiohttp

from bot.cli.doctor.findings import Finding, Severity, fail, ok, warn
from bot.h5.verification_files import verification_files
from bot.settings.liveness import Liveness
from bot.settings.settings import Settings

_SOON = 14
"""Days before its expiry by which a certificate should have been renewed."""
_NO_TICKET = "doctor"
"""No ticket has this form, so the service refuses it at once and nothing is touched."""
_AWAY = "start `serve`, and compare PUBLIC_URL, the name's address and the proxy's configuration"


async def public_address(settings: Settings, http: aiohttp.ClientSession) -> list[Finding]:
    """Ask for `/healthz` as a phone would; only if that arrives, check the rest."""
    reached = await _reached(settings.public_url, http)
    found = [reached, *_encrypted(settings), *await _domain(settings)]
    if reached.severity is Severity.OK:
        found.append(await _live(settings.public_url, http))
        found += await _verified(settings, http)
    return found


async def _reached(base: str, http: aiohttp.ClientSession) -> Finding:
    name = "public address"
    try:
        async with http.get(f"{base}/healthz") as response:
            alive = response.status == 200 and (await response.text()).startswith('{"status": "alive"')
            days = _days_left(response)
    except aiohttp.ClientConnectorCertificateError as error:
        why = getattr(error.certificate_error, "verify_message", "") or "not trusted"
        return fail(name, f"certificate: {why}", "install the whole chain of a valid certificate")
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return fail(name, f"not reached ({type(error).__name__})", _AWAY)
    if not alive:
        return fail(name, f"something else answers {response.status} at {base}/healthz", _AWAY)
    if days is not None and days < _SOON:
        return warn(name, f"reached; its certificate ends in {days:.0f} days", "renew it")
    return ok(name, "reached" if days is None else f"reached; its certificate holds for {days:.0f} days")


def _days_left(response: aiohttp.ClientResponse) -> float | None:
    """Return how long the certificate is still valid; None without TLS."""
    connection = response.connection
    shown = connection.transport.get_extra_info("peercert") if connection and connection.transport else None
    if not shown:
        return None
    return (ssl.cert_time_to_seconds(str(shown["notAfter"])) - time.time()) / 86400


async def _domain(settings: Settings) -> list[Finding]:
    """Check the host of 网页授权域名 and JS接口安全域名: the platform takes a bare name."""
    if not (settings.wechat_oauth or settings.liveness == Liveness.WECHAT):
        return []
    at, name = urlsplit(settings.public_url), "domain"
    fault = _host_fault(at.hostname or "", at.port)
    if fault:
        advice = "give PUBLIC_URL a registered (备案) domain name, on port 443"
        return [warn(name, fault, advice) if settings.rehearsal else fail(name, fault, advice)]
    return [await _resolved(at.hostname or "")]


def _host_fault(host: str, port: int | None) -> str:
    try:
        ip_address(host)
    except ValueError:
        is_name = "." in host
    else:
        is_name = False
    if not is_name:
        return f"{host} is not a domain name, and the platform's settings take nothing else"
    return (
        f"port {port}: the platform's settings take a name without a port" if port not in {None, 443} else ""
    )


async def _resolved(host: str) -> Finding:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except OSError:
        return fail("domain", f"{host} has no address", "enter it at the domain's name service")
    addresses = sorted({str(one[4][0]) for one in found})
    said = f"{host} is {', '.join(addresses)}"
    if not any(ip_address(one).is_global for one in addresses):
        return warn("domain", said, "phones outside reach no such address: see what they are told")
    return ok("domain", said)


def _encrypted(settings: Settings) -> list[Finding]:
    if urlsplit(settings.public_url).scheme == "https":
        return []
    advice = "phones open no camera for a page without TLS: put a proxy with a certificate before the service"
    said = "PUBLIC_URL is not https"
    return [warn("encryption", said, advice) if settings.rehearsal else fail("encryption", said, advice)]


async def _verified(settings: Settings, http: aiohttp.ClientSession) -> list[Finding]:
    """Fetch the files by which the platform accepts the domain, as it does itself."""
    if settings.verify_files is None:
        return []
    files = verification_files(settings.verify_files)
    if not files:
        advice = "put the file there that 公众号设置 → 功能设置 gives for 网页授权域名, and restart `serve`"
        return [fail("verification file", "VERIFY_FILES holds no MP_verify_….txt", advice)]
    return [await _served(f"{settings.public_url}/{name}", content, http) for name, content in files.items()]


async def _served(address: str, content: bytes, http: aiohttp.ClientSession) -> Finding:
    name, file = "verification file", address.rpartition("/")[2]
    advice = "restart `serve`, which reads VERIFY_FILES, and let the proxy pass /MP_verify_….txt on as it is"
    try:
        async with http.get(address, allow_redirects=False) as response:
            said = await response.content.read(len(content) + 1)
            status = response.status
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return fail(name, f"{file} is not reached ({type(error).__name__})", advice)
    if status != 200:
        return fail(name, f"{file} is answered with {status}", advice)
    return ok(name, f"{file} is served") if said == content else fail(name, f"{file} is another one", advice)


async def _live(base: str, http: aiohttp.ClientSession) -> Finding:
    """Open the live capture's socket without a ticket: the service says so over the socket and closes it."""
    name, advice = "live capture", "let the proxy pass Upgrade and Connection on for /h5/capture/…/live"
    try:
        async with http.ws_connect(f"{base}/h5/capture/{_NO_TICKET}/live") as stream:
            said = await stream.receive_json(timeout=10)
    except aiohttp.WSServerHandshakeError as error:
        return fail(name, f"the WebSocket is refused with {error.status}", advice)
    except (aiohttp.ClientError, TimeoutError, OSError, TypeError, ValueError) as error:
        return fail(name, f"the WebSocket breaks off ({type(error).__name__})", advice)
    if not isinstance(said, dict) or said.get("type") != "result":
        return fail(name, "something else answers", advice)
    return ok(name, "its WebSocket comes through")
