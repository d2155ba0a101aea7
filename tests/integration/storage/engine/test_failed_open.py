"""A SQLite file that cannot be opened leaves no thread behind that calls a closed event loop."""

import asyncio
import sqlite3
import time

import pytest

from storage.engine.sqlite_connection import open_sqlite


async def test_failed_open_is_raised_only_after_its_thread_has_answered(tmp_path, monkeypatch):
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
