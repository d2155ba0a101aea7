"""Runs one surface over broken inputs, and tells which input it did not bear."""

import time
from dataclasses import dataclass
from random import Random

from tests.fuzz.mutation import mutate
from tests.fuzz.surfaces import SURFACES


@dataclass(frozen=True, slots=True)
class FuzzResult:
    """How many inputs were borne, and the longest that one took (ms of processor time)."""

    count: int
    longest: float


class ReaderFault(Exception):
    """A reader raised what it must not; the input is in `data`, its seed in the message."""

    def __init__(self, name: str, seed: int, data: bytes) -> None:
        super().__init__(f"surface {name}, seed {seed}, {len(data)} bytes")
        self.data = data


def fuzz(name: str, seed: int, count: int) -> FuzzResult:
    """Give a surface `count` broken inputs, each made from a seed of its own; raises ReaderFault."""
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
