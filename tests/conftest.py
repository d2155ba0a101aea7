"""Settings of every test: reproducible examples, and how the suite is divided among workers."""

import functools
import gc
import os
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.support.storage.shared_caches import share_caches

# The same examples in every run: no change goes red by another's chance.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")
share_caches()
# A module imports it before another one names it as a plugin.
pytest.register_assert_rewrite("tests.support.storage.stoppable_postgres")

_TESTS = Path(__file__).parent
_SHARED = ("browser", "acceptance", "unit/face")
"""Folders that stay with one worker or two: their tests share a running demo, or what the networks saw."""
_IN_REAL_TIME = frozenset(
    {
        "test_live_page",
        "test_restart",
        "test_camera_trouble",
        "test_camera_pictures",
        "test_demo_rehearsal",
        "test_slow_connection",
    }
)
"""Browser tests that wait for films and cameras most of their time; a second worker opens the other pages."""

_LONG = frozenset({"test_killed_service", "test_year", "test_random_walks"})
"""Files of half a minute."""

_MUCH_MEMORY = 12 * 2**30
"""Bytes; a worker needs one gigabyte, and the tests' servers and browsers some more."""

_COLLECT_AFTER = (20_000, 10, 100)


def pytest_collection() -> None:
    """Collect without looking for garbage: nearly all that is made stays."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave imported modules and collected tests out of every later search for garbage.

    Full searches are rare: each looks through what the caches hold, 0.15 s, and finds little.
    """
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)
    gc.enable()


def pytest_xdist_auto_num_workers() -> int:
    """Start two workers a core, and one or two more: the browser and the acceptance walks mostly wait."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return 2 * (os.cpu_count() or 1) + (2 if memory >= _MUCH_MEMORY else 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest groups begin first."""
    items.sort(key=lambda item: _place(item.path))


class Groups(LoadScopeScheduling):
    """Hands out a shared folder or a file at a time: what its tests share is then made once."""

    def _split_scope(self, nodeid: str) -> str:
        path = PurePosixPath(nodeid.split("::", maxsplit=1)[0])
        folder = next((one for one in _SHARED if path.is_relative_to(f"tests/{one}")), None)
        if folder is None:
            return path.as_posix()
        return f"{folder} in real time" if path.stem in _IN_REAL_TIME else folder


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Groups:
    """Give `pytest -n` whole groups to hand out."""
    return Groups(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many broken inputs each reader of strangers' bytes was given."""
    told = [of for report in terminalreporter.getreports("passed") for of in report.user_properties]
    if counts := [str(count) for name, count in told if name == "fuzzed"]:
        terminalreporter.write_line(f"broken inputs borne: {', '.join(counts)}")


@functools.cache
def _place(path: Path) -> int:
    """Order: the longest groups first, so that none of them is left for the end."""
    within = path.relative_to(_TESTS)
    if path.stem in _LONG or within.is_relative_to("unit/face"):
        return 1
    return {"browser": 0, "acceptance": 1, "integration": 2}.get(within.parts[0], 3)
