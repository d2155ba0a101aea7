"""Fuzzes every surface for a longer time: `python -m tests.fuzz [--minutes M] [--seed N] [SURFACE…]`.

Prints a line per surface and round. An input that breaks a reader is saved and ends the run with 1.
"""

import argparse
import logging
import sys
import time
import warnings
from collections import Counter
from pathlib import Path

from tests.fuzz.run import ReaderFault, fuzz
from tests.fuzz.surfaces import SURFACES

_ROUND = 10
"""Times the count of `make test` in one round."""


def main() -> int:
    """Fuzz the surfaces in turn until the time is up."""
    options = _options()
    warnings.filterwarnings("ignore", module=r"aiohttp\.multipart")  # as a server of ours does
    logging.disable()
    ends, seed, borne = time.monotonic() + options.minutes * 60, options.seed, Counter[str]()
    while time.monotonic() < ends:
        for name in options.surfaces or SURFACES:
            count = SURFACES[name].count * _ROUND
            try:
                ran = fuzz(name, seed, count)
            except ReaderFault as found:
                return _report(found)
            borne[name] += ran.count
            sys.stdout.write(f"{name:10} {borne[name]:9} borne, the longest {ran.longest:.0f} ms\n")
            sys.stdout.flush()
        seed += max(surface.count for surface in SURFACES.values()) * _ROUND
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("surfaces", nargs="*", choices=[*SURFACES, []])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1_000_000)
    return parser.parse_args()


def _report(found: ReaderFault) -> int:
    path = Path("fuzz-finding.bin")
    path.write_bytes(found.data)
    sys.stdout.write(f"NOT borne: {found} ({type(found.__cause__).__name__}); the input is in {path}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
