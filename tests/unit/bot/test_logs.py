"""Log lines as text and as JSON."""

import io
import json
import logging

import pytest

from bot.runtime.logs import log_handler
from storage.request_id import working_for


@pytest.fixture
def logger():
    logger = logging.getLogger("test of lines")
    logger.propagate = False
    yield logger
    logger.handlers.clear()


def test_json_log_line_is_one_object_even_if_the_message_has_newlines(logger):
    stream = io.StringIO()
    logger.addHandler(log_handler("json", stream))
    with working_for("abc123"):
        logger.error("a\nb: %s", "认证")
    [line] = stream.getvalue().splitlines()
    told = json.loads(line)
    assert told.pop("time").endswith("+00:00")
    assert told == {
        "level": "ERROR",
        "logger": "test of lines",
        "request_id": "abc123",
        "message": "a\nb: 认证",
    }


def test_exception_is_part_of_its_json_log_line(logger):
    stream = io.StringIO()
    logger.addHandler(log_handler("json", stream))
    try:
        {}["x"]
    except KeyError:
        logger.exception("broken")
    [line] = stream.getvalue().splitlines()
    assert "KeyError" in json.loads(line)["error"]


def test_text_log_line_shows_its_request_id_or_a_dash(logger):
    stream = io.StringIO()
    logger.addHandler(log_handler("text", stream))
    logger.error("outside")
    with working_for("abc123"):
        logger.error("inside")
    outside, inside = stream.getvalue().splitlines()
    assert outside.endswith("test of lines [-] outside")
    assert inside.endswith("test of lines [abc123] inside")
