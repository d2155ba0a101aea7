"""The office console as a clerk's browser sees it: cookies, forms with CSRF tokens, manual redirects."""

import io
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie

import aiohttp
from argon2 import PasswordHasher
from sqlalchemy import select

from bot.console.access.account_admin import AccountAdmin
from bot.console.access.passwords import Passwords
from bot.console.access.permissions import needs_second_factor
from bot.console.access.second_factor import new_secret
from bot.console.access.session_keeper import SessionKeeper, csrf_of
from bot.console.app import console_site
from bot.console.parts import ConsoleParts
from bot.server.http_server import listening
from bot.server.proxies import trust_proxies
from storage.audit_trail.actions import Actor
from storage.audit_trail.audit import Audit, AuditEntry
from storage.console.accounts import Credentials, Role
from storage.console.sessions import SignInStage
from storage.database import connect, transaction
from storage.records.tasks import Tasks
from storage.schema.office import audit
from tests.support.console.authenticator import code_at
from tests.support.manual_clock import ManualClock
from tests.support.programs.ports import free_port
from tests.support.storage.factories import NOW

CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
PASSWORD = "a horse and two staples"
FIRST = "abcd-efgh-2345-6789"
FIREFOX, OTHER_BROWSER = "Firefox of the office", "curl/8"


@dataclass(frozen=True)
class ConsoleResponse:
    """One HTTP response of the console."""

    status: int
    text: str
    location: str
    headers: dict = field(repr=False)

    @property
    def csrf(self):
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.text)
        return found[1] if found else ""

    @property
    def seen(self):
        """The version mark of a case in the page's form."""
        found = re.search(r'name="seen" value="([0-9a-f]+)"', self.text)
        return found[1] if found else ""

    @property
    def words(self):
        """The visible text of the page."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.text)).split())


class ClerkBrowser:
    """One browser, with its cookies and the tokens of the last page."""

    def __init__(self, office, http, name="", browser=FIREFOX):
        self.office, self.http, self.name, self.browser = office, http, name, browser
        self.cookies, self.csrf, self.seen = {}, "", ""

    async def get(self, path="", **headers):
        return await self._ask("GET", path, None, headers)

    async def post(self, path, _headers=None, **fields):
        """Submit a form with the tokens of the last page."""
        headers = {"Origin": self.office.origin, **(_headers or {})}
        return await self._ask("POST", path, {"csrf": self.csrf, "seen": self.seen, **fields}, headers)

    async def upload(self, path, content, name="people.csv", **fields):
        """Submit a form with a file; the token precedes the file, as in a browser."""
        form = aiohttp.FormData(quote_fields=False)
        for field_name, value in {"csrf": self.csrf, "seen": self.seen, **fields}.items():
            form.add_field(field_name, value)
        form.add_field("file", io.BytesIO(content), filename=name, content_type="application/octet-stream")
        return await self._ask("POST", path, form, {"Origin": self.office.origin})

    async def send(self, path, body, **headers):
        """Send an arbitrary body, which none of our pages does."""
        return await self._ask("POST", path, body, {"Origin": self.office.origin, **headers})

    async def _ask(self, method, path, body, headers):
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"User-Agent": self.browser, "Cookie": jar, **headers}
        below = path if path[:1] in {"", "?"} else f"/{path}"
        address = self.office.origin + (path if path.startswith("/admin") else f"/admin{below}")
        async with self.http.request(
            method, address, data=body, headers=sent, allow_redirects=False
        ) as response:
            self._keep(response.headers.getall("Set-Cookie", []))
            found = ConsoleResponse(
                response.status,
                await response.text(errors="replace"),
                response.headers.get("Location", ""),
                dict(response.headers),
            )
        self.csrf, self.seen = found.csrf or self.csrf, found.seen or self.seen
        return found

    def _keep(self, lines):
        for line in lines:
            for name, cookie in SimpleCookie(line).items():
                self.cookies.pop(name, None)
                if cookie.value:
                    self.cookies[name] = cookie.value

    async def code(self):
        """Return the code that the account's phone shows now."""
        found = await self.office.find_account(self.name)
        return code_at(found.credentials.totp_secret, self.office.clock.now)

    async def sign_in(self, password=PASSWORD):
        """Sign in with password and code; each sign-in uses its own code."""
        self.office.clock.advance(seconds=30)
        await self.get("sign-in")
        answer = await self.post("sign-in", name=self.name, password=password)
        if answer.location.endswith("/code"):
            await self.get("code")
            answer = await self.post("code", code=await self.code())
        return answer

    async def sign_in_by_code(self):
        """Sign in by code alone, as after typing the password: a quarter of the requests."""
        self.office.clock.advance(seconds=30)
        account, parts = await self.office.find_account(self.name), self.office.parts
        async with transaction(parts.engine) as conn:
            begun = SessionKeeper(parts).begin(conn, account.id, SignInStage.CODE, self.browser)
            self.cookies["console"] = token = await begun
        self.csrf = csrf_of(token)
        return await self.post("code", code=await self.code())


@dataclass
class Office:
    """A console over a test's database."""

    parts: ConsoleParts
    clock: ManualClock
    origin: str
    http: aiohttp.ClientSession

    async def find_account(self, name):
        async with connect(self.parts.engine) as conn:
            return await self.parts.accounts.by_name(conn, name)

    async def add_account(self, name, role, *, is_new=False):
        """Add an account, by default one that has signed in before."""
        stored = Credentials(await CHEAP.hash(FIRST if is_new else PASSWORD), new_secret())
        async with transaction(self.parts.engine) as conn:
            made = await AccountAdmin(self.parts.vault, self.clock).add(conn, name, role, stored)
            entry = AuditEntry(Actor.OPERATOR, made.action, "-", f"{made.detail}; account root")
            await Audit("operator", self.parts.vault).append(conn, [entry], self.clock.now)
            if not is_new:
                account = await self.parts.accounts.by_name(conn, name)
                await self.parts.accounts.set_password(conn, account.id, stored.password_hash)
        return ClerkBrowser(self, self.http, name)

    async def sign_in(self, name="li", role=Role.CLERK):
        desk = await self.add_account(name, role)
        answer = await (desk.sign_in_by_code() if needs_second_factor(role) else desk.sign_in())
        assert answer.location == "/admin"
        return desk

    async def add_tasks(self, *wanted):
        """Open tasks, each a kind and a person."""
        async with transaction(self.parts.engine) as conn:
            await Tasks(self.parts.vault).add(conn, wanted, self.clock.now)

    async def audit_entries(self, action=""):
        """Return (actor, action, detail) of the console's audit entries, the oldest first."""
        async with connect(self.parts.engine) as conn:
            rows = await conn.execute(
                select(audit).where(audit.c.writer.startswith("console")).order_by(audit.c.id)
            )
            found = [(row.actor, row.action, row.detail) for row in rows]
        return [one for one in found if one[1].startswith(action)]

    async def refusals(self):
        """Return (actor, detail) of every recorded refusal, the oldest first."""
        return [(actor, detail) for actor, _, detail in await self.audit_entries("console.refused")]


@asynccontextmanager
async def serve_office(engine, vault, *, by_two=False, room=lambda _: None, proxies=(), **others):
    """Serve a console on its own port; `room` creates its chat service from the clock."""
    clock, port = ManualClock(NOW), free_port()
    parts = ConsoleParts(engine, vault, clock, passwords=CHEAP, by_two=by_two, talks=room(clock), **others)
    async with (
        listening(console_site(parts, trust_proxies(proxies)), "127.0.0.1", port),
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http,
    ):
        yield Office(parts, clock, f"http://127.0.0.1:{port}", http)
