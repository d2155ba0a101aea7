"""Asks for known weaknesses of what runs, by pip-audit: `python -m tests.supply.advisories`.

0: none is known, 1: some are, 3: the service that knows was not reached, so nothing is known.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tests.supply.sbom import LOCK

_COMMAND = ("pip_audit", "--requirement", str(LOCK), "--disable-pip", "--require-hashes", "--format", "json")
_UNREACHED = "The advisory service was not reached: NOTHING was checked. Try again where it can be reached."


def main() -> int:
    """Ask, and print a line a weakness, or that nothing could be asked."""
    command = [sys.executable, "-m", *_COMMAND]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (ours, constant)
    return report(ran.stdout)


def report(output: str) -> int:
    """Print what pip-audit found; it writes JSON only where it got an answer for every package."""
    try:
        packages: list[dict[str, Any]] = json.loads(output)["dependencies"]
    except ValueError:
        sys.stdout.write(f"{_UNREACHED}\n")
        return 3
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    lines = [*_weaknesses(packages), *(f"{name}: not checked" for name in skipped)]
    sys.stdout.write("\n".join(lines or [f"{len(packages)} packages, no known weakness"]) + "\n")
    return 1 if lines else 0


def _weaknesses(packages: list[dict[str, Any]]) -> Iterator[str]:
    for one in packages:
        for found in one.get("vulns", ()):
            mended = ", ".join(found["fix_versions"]) or "no version"
            yield f"{one['name']} {one['version']}: {found['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())
