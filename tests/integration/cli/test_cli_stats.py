"""`stats`: the console's figures in the terminal, without personal data."""

import re

from bot.clock import system_clock
from dialogs.local_time import SHANGHAI, local_date
from dialogs.progress import FunnelStep
from storage.database import transaction
from storage.messaging.funnel_days import FunnelDays
from storage.records.tasks import TaskKind, Tasks
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY
from tests.support.storage.factories import PERSON, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

VAULT = Vault.from_setting(KEY)


async def test_stats_of_an_empty_office_are_zero(operator):
    answer = await operator.run("stats")
    assert (answer.code, answer.err) == (0, "")
    assert re.search(r"overdue +0$", answer.out, re.MULTILINE)


async def test_stats_count_passes_and_tasks_and_name_nobody(operator, engine):
    now = system_clock()
    async with transaction(engine) as conn:
        for number in range(3):
            one = certification(f"R{number}", certified_at=now)
            await add_pass(conn, VAULT, one, bytes([number]))
        await Tasks(VAULT).add(conn, [(TaskKind.ASSIST, PERSON)], now)
        come = {FunnelStep.GREETED: 3, FunnelStep.AGREED: 1}
        await FunnelDays("test").add(conn, local_date(now), come)
    answer = await operator.run("stats")
    assert re.search(rf"{now.astimezone(SHANGHAI):%m-%d} +3  █+$", answer.out, re.MULTILINE)
    assert re.search(rf"{TaskKind.ASSIST} +1  █+$", answer.out, re.MULTILINE)
    assert re.search(r"greeted, 2 no further +3  █+$", answer.out, re.MULTILINE)
    assert "most leave after: greeted" in answer.out
    assert re.search(rf"{now.astimezone(SHANGHAI):%m-%d}  greeted 3  agreed 1  ", answer.out)
    assert PERSON.name not in answer.out
    assert PERSON.number not in answer.out
