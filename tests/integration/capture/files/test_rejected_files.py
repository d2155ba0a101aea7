"""Files that cannot be checked are rejected with an explanation in both languages."""

import io

import aiohttp
import cv2
import numpy as np
import pytest

from tests.support.captures.capture_service import PORTRAIT

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(2000)
MP4 = b"\0\0\0\x20ftypisom" + bytes(2000)


def long_video(folder):
    """Film 23 seconds."""
    path = folder / "long.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"mp4v"), 10, (64, 64))
    for _ in range(230):
        writer.write(np.zeros((64, 64, 3), np.uint8))
    writer.release()
    return path.read_bytes()


FAULTS = {
    "23 seconds": ("video", long_video, 413, "超过 20 秒", "longer than 20 seconds"),
    "31 MB of video": ("video", lambda _: MP4 + bytes(31_000_000), 413, "视频太大", "video is too large"),
    "HEIC as video": ("video", lambda _: HEIC, 415, "这不是视频", "This is no video"),
    "a photo as video": ("video", lambda _: PORTRAIT, 415, "这不是视频", "This is no video"),
    "a broken video": ("video", lambda _: MP4, 415, "视频打不开", "video cannot be opened"),
    "HEIC as photo": ("image", lambda _: HEIC, 415, "现在拍一张", "take one now"),
    "a video as photo": ("image", lambda _: MP4, 415, "现在拍一张", "take one now"),
    "11 MB of photo": (
        "image",
        lambda _: PORTRAIT + bytes(11_000_000),
        413,
        "照片太大",
        "photo is too large",
    ),
    "half a photo": ("image", lambda _: PORTRAIT[:30_000], 415, "照片打不开", "photo cannot be opened"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_unusable_file_is_rejected_with_its_reason(server, tmp_path, fault):
    field, make, status, zh, en = fault
    ticket, content = await server.agreed_ticket(), make(tmp_path)
    address = f"/h5/capture/{ticket}/{'selfie' if field == 'image' else 'video'}"
    for language, words in (("zh", zh), ("en", en)):
        form = aiohttp.FormData()
        form.add_field(field, io.BytesIO(content), filename="x")
        given, answer = await server.post(f"{address}?lang={language}", data=form)
        assert (given, answer["outcome"]) == (status, "retry")
        assert words in answer["message"]
    assert (await server.stored_capture(ticket)).finished_at is None
