"""Log lines of a certification: those of one request share an id, and none has personal data."""

import io
import json
import logging

import pytest

from bot.runtime.logs import choose_format, log_handler
from tests.acceptance.phone import Phone
from tests.acceptance.world import EMPLOYEE, certify_by_face, own_demo


@pytest.fixture
def written():
    """Give the stream of log lines written at DEBUG, as JSON."""
    stream, level = io.StringIO(), logging.getLogger().level
    handler = log_handler("text", stream)
    logging.getLogger().addHandler(handler)
    choose_format("json")
    logging.getLogger().setLevel(logging.DEBUG)
    yield stream
    logging.getLogger().setLevel(level)
    logging.getLogger().removeHandler(handler)


def lines(written, logger):
    told = [json.loads(line) for line in written.getvalue().splitlines()]
    return [one for one in told if one["logger"].startswith(logger)]


async def test_capture_and_its_message_share_a_request_id_and_name_nobody(tmp_path, http, written):
    async with own_demo(tmp_path) as base:
        phone = Phone(http, base)
        assert (await certify_by_face(phone, EMPLOYEE)).startswith("认证成功")
    [capture] = lines(written, "bot.capture")
    assert (capture["level"], capture["message"]) == ("DEBUG", "capture passed: ok")
    delivered = [one for one in lines(written, "bot.delivery") if one["request_id"] == capture["request_id"]]
    assert [one["message"].rpartition(": ")[2] for one in delivered] == ["text"]
    messages = lines(written, "bot.wechat.webhook")
    assert len({one["request_id"] for one in messages}) == len(messages) > 5
    for personal in (EMPLOYEE.name, EMPLOYEE.number, phone.account):
        assert personal not in written.getvalue()
