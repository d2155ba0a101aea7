"""Settings of every test: reproducible examples, and how the suite is divided among workers."""

import os
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# The same examples in every run: no change goes red by another's chance.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

_TESTS = Path(__file__).parent
_WITH_A_DEMO_OF_THEIR_OWN = frozenset(
    {
        "test_behind_nginx",
        "test_console",
        "test_delivery",
        "test_log_lines",
        "test_metrics",
        "test_page_login",
        "test_rehearsal",
        "test_rough_weather",
        "test_stopping",
        "test_year",
    }
)
_ON_THE_BROWSERS_DEMO = frozenset(
    {
        "test_accessibility",
        "test_clicking_through",
        "test_console_morning",
        "test_for_elders",
        "test_reminder_link",
        "test_small_screens",
    }
)


class _ByFileOrDemo(LoadScopeScheduling):
    """Gives a worker whole files, or all files that share a running demo.

    xdist 3.8 writes the groups of `--dist loadgroup` into an attribute that pytest 9.2 no longer reads.
    """

    def _split_scope(self, nodeid: str) -> str:
        path = Path(nodeid.partition("::")[0])
        accepts = path.parent.name == "acceptance" and path.stem not in _WITH_A_DEMO_OF_THEIR_OWN
        return path.parent.name if accepts or path.stem in _ON_THE_BROWSERS_DEMO else str(path)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    return _ByFileOrDemo(config, log)


def pytest_xdist_auto_num_workers() -> int:
    """Start more workers than there are cores: tests with browsers and cameras mostly wait."""
    return 2 * (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, so that none of them is left for the end."""
    items.sort(key=lambda item: _place(item.path))


def _place(path: Path) -> int:
    folder = path.relative_to(_TESTS).parts[0]
    long = path.stem in {"test_killed_service", "test_year"}
    return {"browser": 0, "acceptance": 1, "integration": 2}.get(folder, 3) - long
