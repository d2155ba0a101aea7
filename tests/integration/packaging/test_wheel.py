"""The wheel, installed with nothing but pip, is complete and needs nothing that a slim server lacks."""

import asyncio
import os
import subprocess
import zipfile
from pathlib import Path

import aiohttp
import pytest

from tests.support.programs.copied_code import ROOT
from tests.support.programs.installed_wheel import (
    ROOMS,
    all_requirements,
    build_wheel,
    direct_requirements,
    install_wheel,
)
from tests.support.programs.ports import free_port


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installation(wheel, tmp_path_factory):
    return install_wheel(wheel, tmp_path_factory.mktemp("installation") / "venv")


def shipped():
    for room in ROOMS:
        for path in (ROOT / room).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(ROOT).as_posix()


def test_wheel_contains_exactly_the_files_of_the_rooms(wheel):
    files = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert files == set(shipped())


def test_insightface_needs_only_full_opencv_beyond_the_wheel():
    """So `pip install --no-deps insightface` is enough, with the headless OpenCV that the wheel brings."""
    needed = {name for name, _ in direct_requirements(("insightface", frozenset()))}
    assert needed - all_requirements("pension-bot") == {"opencv-python"}


async def test_demo_of_an_installed_wheel_serves_chat_pages_and_readyz(installation, tmp_path):
    port = free_port()
    demo = await asyncio.create_subprocess_exec(
        installation.program("pension-bot"), "demo", "--port", str(port),
        cwd=tmp_path, env=_bare(), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        said = await asyncio.wait_for(demo.stdout.readline(), 120)
        assert f"http://127.0.0.1:{port}/sim" in said.decode()
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
            for path in ("/sim", "/h5/static/live.js", "/readyz"):
                async with http.get(path) as answer:
                    assert (path, answer.status) == (path, 200)
    finally:
        demo.terminate()
        await demo.communicate()
    assert demo.returncode == 0


@pytest.mark.parametrize("arguments", [("face", "verify"), ("doctor", "--offline")])
def test_insightface_pack_names_the_missing_package(installation, tmp_path, arguments):
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "det.onnx").write_bytes(b"")
    photo = Path(tmp_path / "photo.jpg")
    photo.write_bytes(b"")
    photos = [str(photo)] * 2 if arguments[0] == "face" else []
    ran = subprocess.run(  # noqa: S603 - our own program
        [installation.program("pension-bot"), *arguments, *photos],
        cwd=tmp_path, env=_bare() | {"PENSION_BOT_FACE_PACK": str(pack)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "pip install --no-deps insightface" in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr


def _bare():
    """Return an environment without settings and without access to this environment's packages."""
    kept = ("PATH", "HOME", "LANG")
    return {name: value for name, value in os.environ.items() if name in kept}
