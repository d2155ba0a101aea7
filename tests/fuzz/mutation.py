"""Mutates sound inputs into broken ones, reproducibly for a seed."""

from collections.abc import Sequence
from random import Random

_TELLING = (
    b"\x00",
    b"\xff" * 4,
    b"\x7f\xff\xff\xff",
    b"\x80\x00\x00\x00",
    b"%s",
    b"-1",
    b"1e999",
    b"\xed\xa0\x80",
)
"""Limits of number ranges, and bytes that text decoders and format parsers stumble over."""
_MOST_CHANGES = 6
_LONGEST = 1 << 18
"""Bytes: what grows by repetition stays cheap to read."""


def mutate(random: Random, corpus: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """Return a sound input changed in one to six places; `tokens` are keywords of its format."""
    data = bytearray(random.choice(corpus))
    for _ in range(random.randint(1, _MOST_CHANGES)):
        _change(random, data, corpus, tokens)
    return bytes(data[:_LONGEST])


def _change(random: Random, data: bytearray, corpus: Sequence[bytes], tokens: Sequence[bytes]) -> None:
    at = random.randrange(len(data) + 1)
    end = min(len(data), at + random.choice((1, 2, 4, 16, 64, 1024)))
    match random.randrange(7):
        case 0:
            data[at:end] = random.randbytes(end - at)
        case 1:
            data[at : at + 1] = bytes([data[at] ^ 1 << random.randrange(8)]) if at < len(data) else b""
        case 2:
            del data[at:end]
        case 3:
            data[at:at] = data[at:end] * random.choice((1, 2, 50))
        case 4:
            data[at:at] = random.choice([*_TELLING, *tokens])
        case 5:
            other = random.choice(corpus)
            data[at:] = other[random.randrange(len(other) + 1) :]
        case _:
            del data[at:]
