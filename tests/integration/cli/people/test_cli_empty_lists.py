"""Empty lists say so on standard error, not on standard output, which programs read."""

import pytest

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

LISTS = {
    ("tasks", "list"): "no such task is open\n",
    ("tasks", "list", "--kind", "death"): "no such task is open\n",
    ("grant", "list"): "no exemption is in force\n",
    ("admin", "user", "list"): "there is no account yet\n",
}


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
async def test_empty_list_says_so_on_stderr(operator, words):
    ran = await operator.run(*words)
    assert (ran.code, ran.out, ran.err) == (0, "", LISTS[words])
