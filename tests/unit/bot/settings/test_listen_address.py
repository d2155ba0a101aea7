"""`host:port` of the listeners that are off unless set."""

import pytest

from bot.errors import BadSetting
from bot.settings.parsers import ListenAddress, listen_address


@pytest.mark.parametrize(
    ("given", "host", "port"),
    [("127.0.0.1:9100", "127.0.0.1", 9100), ("[::1]:9100", "::1", 9100), ("localhost:1", "localhost", 1)],
)
def test_listen_address_is_parsed(given, host, port):
    assert listen_address(given, "METRICS_LISTEN") == ListenAddress(host, port)


@pytest.mark.parametrize(
    "given",
    [
        "9100",
        ":9100",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:0",
        "127.0.0.1:65536",
        "::1:9100",
        "a:b",
        "u@h:1",
        "h:1/metrics",
        "h:1?a",
        "[::1:9",
        "http://h:1",
    ],
)
def test_malformed_listen_address_is_refused(given):
    with pytest.raises(BadSetting, match=r"^PENSION_BOT_METRICS_LISTEN must be host:port"):
        listen_address(given, "METRICS_LISTEN")
