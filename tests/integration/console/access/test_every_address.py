"""Every address of the console: who is refused, whatever number they guess, and that nothing is cached."""

from storage.console.accounts import Role
from tests.support.console.clerk_browser import ClerkBrowser
from tests.support.console.console_routes import console_routes
from tests.support.console.loads import registry_csv, upload_until_counted
from tests.support.console.people import open_case
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

_GUESSES = {"id": "1", "token": "A" * 32, "name": "rejected", "kind": "csv"}
_OPEN = ("sign-in", "code", "set-up", "static")


def behind_sign_in(full_office):
    return console_routes(full_office, leaving_out=_OPEN, **_GUESSES)


async def asked(desk, method, path):
    return await (desk.get(path) if method == "GET" else desk.post(path))


async def test_anonymous_requests_are_redirected_to_the_sign_in_page(full_office):
    desk = ClerkBrowser(full_office, full_office.http)
    for method, path in behind_sign_in(full_office):
        answer = await asked(desk, method, path)
        assert (answer.status, answer.location) == (303, "/admin/sign-in"), path


async def test_viewer_is_refused_at_every_other_address_and_each_try_is_audited(full_office):
    desk = await full_office.sign_in("wu", Role.VIEWER)
    await desk.get()
    others = [
        one
        for one in behind_sign_in(full_office)
        if one[1] not in {"", "session", "sign-out", "figures/rejected.csv"}
    ]
    for method, path in others:
        answer = await asked(desk, method, path)
        assert (answer.status, "没有这项权限" in answer.words) == (403, True), path
    refused = [(actor, detail.split()[0]) for actor, detail in await full_office.refusals()]
    assert refused == [("console:wu", "permission")] * len(others)
    assert len(others) > 40


async def test_responses_forbid_caching_and_framing(full_office):
    desk = await full_office.sign_in(role=Role.SUPERVISOR)
    case = await open_case(desk)
    await desk.get("loading")
    number = await upload_until_counted(
        full_office, desk, registry_csv(1) + b"\nemployee,,resident_id,1,440100,active,,,,"
    )
    personal = [("GET", path) for path in (case, "tasks.csv", f"loading/{number}/rejected.csv")]
    for method, path in [*personal, *behind_sign_in(full_office), ("POST", "export")]:
        if path != "sign-out":
            answer = await asked(desk, method, path)
            assert answer.status == 200 or (method, path) not in personal
            assert answer.headers["Cache-Control"] == "no-store", path
            assert answer.headers["X-Frame-Options"] == "DENY", path
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], path
