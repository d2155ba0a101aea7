"""Reads the header of an MP3 file (ISO 11172-3 and 13818-3, layer III)."""

_TAG = b"ID3"
_TAG_HEADER = 10


def is_mp3(content: bytes) -> bool:
    """Whether the content begins with a frame of layer III, after an ID3 tag if there is one."""
    frame = content[_tag_length(content) :][:4]
    if len(frame) < 4 or frame[0] != 0xFF or frame[1] & 0xE0 != 0xE0:
        return False
    version, layer = frame[1] >> 3 & 3, frame[1] >> 1 & 3
    bit_rate, sampling = frame[2] >> 4, frame[2] >> 2 & 3
    return version != 1 and layer == 1 and bit_rate not in {0, 15} and sampling != 3


def _tag_length(content: bytes) -> int:
    """Return the length of a leading ID3v2 tag, whose size is in four bytes of seven bits."""
    if not content.startswith(_TAG) or len(content) < _TAG_HEADER:
        return 0
    size = 0
    for byte in content[6:_TAG_HEADER]:
        size = size << 7 | byte & 0x7F
    return _TAG_HEADER + size
