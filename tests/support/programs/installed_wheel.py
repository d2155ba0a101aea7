"""The wheel, built and installed into an empty virtual environment from packages of this one.

`pip` resolves against the linked distributions without an index, so a requirement that the lock leaves out
fails here, where on a real machine it would pull in a package.
"""

import shutil
import subprocess
import sys
import sysconfig
import venv
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.programs.copied_code import ROOT, copy_packages

ROOMS = ("bot", "dialogs", "face", "messages", "storage")
_BESIDE = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "NOTICE")
Wanted = tuple[str, frozenset[str]]
"""A distribution's canonical name, and the extras that are requested with it."""

_LEFT_OUT = {"..", "__pycache__"}
"""A distribution's programs are outside the packages, and compiled files are next to their module."""

_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


def build_wheel(folder: Path) -> Path:
    """Build the wheel from a copy of the tree that holds the build folder of an older version."""
    source, out = folder / "source", folder / "wheel"
    copy_packages(source, ROOMS)
    before = source / "build" / "lib" / "bot" / "removed_since.py"
    before.parent.mkdir(parents=True)
    before.touch()
    for name in _BESIDE:
        shutil.copy(ROOT / name, source / name)
    _run([*_PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), str(source)])
    return next(out.glob("*.whl"))


@dataclass(frozen=True, slots=True)
class Installation:
    """A virtual environment that holds the wheel and what it requires, and nothing else."""

    folder: Path

    def program(self, name: str) -> str:
        """Return the path of one of its programs."""
        return str(self.folder / "bin" / name)


def install_wheel(wheel: Path, folder: Path) -> Installation:
    """Install a wheel by pip, from the closure of its requirements in this environment."""
    venv.create(folder, with_pip=False, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))
    for name in all_requirements("pension-bot"):
        _link(name, packages)
    python = str(folder / "bin" / "python")
    _run([*_PIP, "--python", python, "install", "--no-index", str(wheel)])
    return Installation(folder)


def all_requirements(name: str) -> set[str]:
    """Return the names of the direct and transitive requirements of a distribution."""
    found: set[Wanted] = set()
    waiting = direct_requirements((name, frozenset()))
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting |= direct_requirements(one) - found
    return {one for one, _ in found}


def direct_requirements(wanted: Wanted) -> set[Wanted]:
    """Return the direct requirements of a distribution; none if it is not installed here."""
    name, extras = wanted
    try:
        lines = distribution(name).requires or ()
    except PackageNotFoundError:  # pip will name it
        return set()
    return {
        (canonicalize_name(one.name), frozenset(one.extras))
        for one in map(Requirement, lines)
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras))
    }


def _link(name: str, packages: Path) -> None:
    with suppress(PackageNotFoundError):  # pip will name it
        _link_files(distribution(name), packages)


def _link_files(found: Distribution, packages: Path) -> None:
    """Link its packages and modules; no two distributions here share one."""
    for name in {file.parts[0] for file in found.files or ()} - _LEFT_OUT:
        (packages / name).symlink_to(found.locate_file(name))


def _run(command: list[str]) -> None:
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own pip
    assert ran.returncode == 0, ran.stderr
