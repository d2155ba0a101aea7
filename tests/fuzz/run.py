"""Feeds broken inputs to one surface and reports the input that breaks it."""

import time
from dataclasses import dataclass
from random import Random

from tests.fuzz.mutation import mutate
from tests.fuzz.surfaces import SURFACES


@dataclass(frozen=True, slots=True)
class FuzzResult:
    """The number of inputs handled, and the CPU time of the slowest (ms)."""

    count: int
    longest: float


class ReaderFault(Exception):
    """A reader raised an undefined error; the input is in `data`, its seed in the message."""

    def __init__(self, name: str, seed: int, data: bytes) -> None:
        super().__init__(f"surface {name}, seed {seed}, {len(data)} bytes")
        self.data = data


def fuzz(name: str, seed: int, count: int) -> FuzzResult:
    """Feed a surface `count` broken inputs, each from its own seed; raises ReaderFault."""
    surface = SURFACES[name]
    corpus, longest = surface.corpus(), 0.0
    for number in range(seed, seed + count):
        data = mutate(Random(number), corpus, surface.tokens)  # noqa: S311 (to be repeated, not secret)
        begun = time.process_time()
        try:
            surface.read(data)
        except Exception as error:
            raise ReaderFault(name, number, data) from error
        longest = max(longest, (time.process_time() - begun) * 1000)
    return FuzzResult(count, longest)
