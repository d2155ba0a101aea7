"""Commands and environments of the programs of `serve --processes N`."""

import socket

import pytest

from bot.errors import BotError
from bot.server.http_server import held_port
from bot.server.serving_group import serving_group
from tests.support.tables import over

ENVIRONMENT = {
    "PENSION_BOT_METRICS_LISTEN": "[::1]:9100",
    "PENSION_BOT_ADMIN_LISTEN": "127.0.0.1:8100",
    "NOTIFY_SOCKET": "/run/systemd/notify",
    "WATCHDOG_USEC": "60000000",
    "WATCHDOG_PID": "7",
    "PATH": "/bin",
}


def test_two_serve_members_share_one_port_and_one_worker_delivers():
    members = serving_group(ENVIRONMENT, ("::", 8000), 2, 7, worker=True)
    assert {one.files for one in members} == {(7,)}
    assert [one.name for one in members] == ["serve 0", "serve 1", "worker 2"]
    assert {" ".join(one.command) for one in members} == {
        "-m bot.cli.main serve --no-worker --host :: --port 8000 --line-file 7 --member-of 2",
        "-m bot.cli.main worker --member-of 2",
    }


def test_group_without_a_worker_has_only_serve_members():
    assert [one.name for one in serving_group({}, ("::", 8000), 2, 7, worker=False)] == ["serve 0", "serve 1"]


def test_members_have_own_metrics_ports_one_console_and_no_systemd_socket():
    first, second, worker = (
        one.environment for one in serving_group(ENVIRONMENT, ("::", 8000), 2, 7, worker=True)
    )
    ports = [one["PENSION_BOT_METRICS_LISTEN"] for one in (first, second, worker)]
    assert ports == ["[::1]:9100", "[::1]:9101", "[::1]:9102"]
    consoles = [one["PENSION_BOT_ADMIN_LISTEN"] for one in (first, second, worker)]
    assert consoles == ["127.0.0.1:8100", "", ""]
    told = {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}
    assert [("PATH" in one, told & one.keys()) for one in (first, second, worker)] == [(True, set())] * 3


@over([("127.0.0.1:8099", "8101"), ("127.0.0.1:65534", "65536")])
def test_metrics_ports_that_are_taken_or_do_not_exist_are_refused(first, last):
    environment = {**ENVIRONMENT, "PENSION_BOT_METRICS_LISTEN": first}
    with pytest.raises(BotError, match=f"PENSION_BOT_METRICS_LISTEN .*, up to {last}"):
        serving_group(environment, ("127.0.0.1", 8000), 2, 7, worker=True)


def test_metrics_ports_may_end_before_the_consoles_and_be_another_address_s():
    for first in ("127.0.0.1:8097", "127.0.0.2:8099"):
        environment = {**ENVIRONMENT, "PENSION_BOT_METRICS_LISTEN": first}
        assert len(serving_group(environment, ("127.0.0.1", 8000), 2, 7, worker=True)) == 3


def test_held_port_is_shared_only_with_reuse_port_sockets():
    with held_port("127.0.0.1", 0) as number:
        with socket.socket() as alone, pytest.raises(OSError, match="in use"):
            alone.bind(("127.0.0.1", number))
        with socket.socket() as sharing:
            sharing.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            sharing.bind(("127.0.0.1", number))
            sharing.listen()
            with (
                pytest.raises(BotError, match=f"cannot listen on 127.0.0.1:{number}"),
                held_port("127.0.0.1", number),
            ):
                pytest.fail("two groups at one port")


def test_port_in_time_wait_is_held_and_refused_to_other_programs():
    """As after a `serve` of one process: its closed connections keep the port for a minute."""
    number = _port_of_one_that_closed()
    with held_port("127.0.0.1", number), socket.socket() as alone:
        alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with pytest.raises(OSError, match="in use"):
            _listen(alone, number)
        with socket.create_server(("127.0.0.1", number), reuse_port=True):
            pass


def _port_of_one_that_closed():
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", number)) as client:
            server.accept()[0].close()
            assert client.recv(1) == b""
    return number


def _listen(alone, number):
    alone.bind(("127.0.0.1", number))
    alone.listen()
