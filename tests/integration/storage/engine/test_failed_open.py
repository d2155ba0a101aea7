"""A SQLite file that cannot be opened leaves no thread that answers a loop which is gone."""

import asyncio
import sqlite3
import time

import pytest

from storage.engine.sqlite_connection import open_sqlite


async def test_the_thread_of_a_failed_open_has_answered_before_the_failure_is_told(tmp_path, monkeypatch):
    answers, loop = [], asyncio.get_running_loop()
    answer = loop.call_soon_threadsafe

    def answer_late(callback, *given, **named):
        time.sleep(0.1)
        answers.append(callback.__name__)
        return answer(callback, *given, **named)

    monkeypatch.setattr(loop, "call_soon_threadsafe", answer_late)
    with pytest.raises(sqlite3.OperationalError):
        await open_sqlite(str(tmp_path / "gone" / "a.db"))
    assert answers == ["set_exception", "set_result"]
