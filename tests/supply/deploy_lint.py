"""Lints `deploy/` with the programs that read it: `python -m tests.supply.deploy_lint`, part of `make lint`.

A program that is not installed is named and left out. 0: nothing was found, 1: something was.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.programs import nginx
from tests.support.programs.copied_code import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
EXPOSED = 2.0
"""`systemd-analyze security` calls up to 2.0 "OK"; a unit without any of its options has 9.6."""
_HERE = Path(sys.executable).parent
_SEARCHED = f"{_HERE}:/usr/local/bin:/usr/bin:/bin:/usr/sbin"
"""This environment's programs, and the system's; `nginx` lies in a folder of the administrator's."""

Command = Sequence[str]


@dataclass(frozen=True, slots=True)
class Linter:
    """A program and its commands over the files, made in an empty folder; `probe` asks whether it can."""

    name: str
    commands: Callable[[Path], Iterable[Command]]
    probe: Command = ()

    @property
    def is_here(self) -> bool:
        """Whether the program is installed, with the part that is needed of it."""
        if shutil.which(self.name.split()[0], path=_SEARCHED) is None:
            return False
        return not self.probe or _ran(self.probe).returncode == 0

    def faults(self, folder: Path) -> list[str]:
        """Return what it says against the files; a warning is a fault."""
        ran = [_ran(command) for command in self.commands(folder)]
        return [f"{one.stdout}{one.stderr}".strip() for one in ran if one.returncode or _warns(one.stderr)]


def _warns(errors: str) -> bool:
    return "warn" in errors.lower()


def _ran(command: Command) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": _SEARCHED}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)  # noqa: S603 - linters


def _nginx(folder: Path) -> Iterator[Command]:
    front = nginx.prepare_nginx(folder)
    nginx.write_configuration(front, "http://127.0.0.1:8000")
    yield front.command("-t")


def _systemd(folder: Path) -> Iterator[Command]:
    """Let units start this environment's program: a missing one would be a fault of its own."""
    for shipped in UNITS:
        text = shipped.read_text(encoding="utf-8")
        unit = folder / shipped.name
        program = str(_HERE / "pension-bot")
        unit.write_text(text.replace("/opt/pension-bot/venv/bin/pension-bot", program), encoding="utf-8")
        yield ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(unit)]
        threshold = f"--threshold={int(EXPOSED * 10)}"
        yield ["systemd-analyze", "security", "--offline=yes", "--no-pager", threshold, str(unit)]


def _hadolint(_: Path) -> Iterator[Command]:
    yield ["hadolint", str(DEPLOY / "Containerfile")]


def _promtool(_: Path) -> Iterator[Command]:
    yield ["promtool", "check", "rules", str(DEPLOY / "alerts.yml")]
    yield ["promtool", "check", "config", "--syntax-only", str(DEPLOY / "prometheus.yml")]


def _compose(_: Path) -> Iterator[Command]:
    yield ["docker", "compose", "--file", str(DEPLOY / "compose" / "compose.yaml"), "config", "--quiet"]


LINTERS = (
    Linter("nginx", _nginx),
    Linter("systemd-analyze", _systemd),
    Linter("hadolint", _hadolint),
    Linter("promtool", _promtool),
    Linter("docker compose", _compose, ("docker", "compose", "version")),
)


def main(linters: Sequence[Linter] = LINTERS) -> int:
    """Run what is here; print the faults, and which programs were left out."""
    found = [fault for linter in linters if linter.is_here for fault in _faults(linter)]
    left_out = [linter.name for linter in linters if not linter.is_here]
    notes = [f"left out, not installed here: {', '.join(left_out)}"] if left_out else []
    sys.stdout.write("".join(f"{line}\n" for line in [*found, *notes]))
    return 1 if found else 0


def _faults(linter: Linter) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        return [f"{linter.name}: {fault}" for fault in linter.faults(Path(folder))]


if __name__ == "__main__":
    sys.exit(main())
