"""The pages' sounds: our own, an office's taking precedence, and what `voice check` says of the latter."""

import json

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.cli.main import main
from bot.h5.voice.make import SAID, sayings
from bot.h5.voice.mp3 import is_mp3
from bot.h5.voice.recordings import MOST_BYTES, SHIPPED_SOUNDS, add_recordings, recordings_of
from bot.h5.voice.sentences import SENTENCES, VOICES
from messages.language.codes import Language

SOUND = b"\xff\xf3\x28\xc4" + bytes(100)
"""A frame of an MP3: MPEG 2, layer III, 16 kbit/s, 16 kHz."""


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "voice"
    (made / "zh").mkdir(parents=True)
    (made / "zh" / "prompt-turn_left.mp3").write_bytes(SOUND)
    (made / "zh" / "secret.mp3").write_bytes(b"not ours")
    return made


async def got(folder, name):
    app = web.Application()
    add_recordings(app, folder)
    async with TestClient(TestServer(app)) as client, client.get(f"/h5/voice/{name}.mp3") as response:
        return response.status, response.headers, await response.read()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("zh/prompt-turn_left", 200),
        ("yue/prompt-turn_right", 200),
        ("en/prompt-turn_left", 200),
        ("zh/secret", 404),
        ("xx/prompt-turn_left", 404),
        ("..%2Fvoice%2Fzh/prompt-turn_left", 404),
    ],
)
async def test_only_recordings_of_known_sentences_are_served(folder, name, status):
    assert (await got(folder, name))[0] == status


async def test_office_recording_takes_precedence_over_our_own(folder):
    _, headers, content = await got(folder, "zh/prompt-turn_left")
    assert (headers["Content-Type"], content) == ("audio/mpeg", SOUND)
    assert (await got(None, "zh/prompt-turn_left"))[2] != SOUND


async def test_recording_is_cacheable_only_under_its_current_version(folder):
    version = recordings_of(folder).version
    assert version != recordings_of(None).version
    for asked, kept in ((f".{version}", True), (".00000000", False), ("", False)):
        _, headers, _ = await got(folder, f"zh/prompt-turn_left{asked}")
        assert ("immutable" in headers["Cache-Control"]) is kept


def test_recording_is_found_by_the_displayed_sentence():
    offered = recordings_of(None).offered(Language.CHINESE)
    assert offered["keys"]["请跟着圆点，慢慢向左转头。"] == "prompt-turn_left"
    assert offered["voices"] == ["zh", "yue"]
    assert recordings_of(None).offered(Language.ENGLISH)["voices"] == ["en"]


@pytest.mark.parametrize("voice", VOICES)
def test_every_sentence_has_a_small_shipped_recording(voice):
    said = json.loads(SAID.read_text(encoding="utf-8"))
    assert {name: text for name, text in sayings() if name.startswith(f"{voice}/")}.items() <= said.items()
    for key in SENTENCES:
        content = (SHIPPED_SOUNDS / voice / f"{key}.mp3").read_bytes()
        assert is_mp3(content), key
        assert 1000 < len(content) <= MOST_BYTES, key


def test_no_unused_recording_is_shipped():
    files = {str(path.relative_to(SHIPPED_SOUNDS).with_suffix("")) for path in SHIPPED_SOUNDS.glob("*/*")}
    assert files == {name for name, _ in sayings()}


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        (SOUND, True),
        (b"ID3\x04\x00\x00\x00\x00\x01\x00" + bytes(128) + SOUND, True),
        (b"ID3 left", False),
        (b"RIFF\x00\x00\x00\x00WAVE", False),
        (b"\xff\xf1\x50\x80" + bytes(100), False),
        (b"\xff\xf3\xf8\xc4", False),
        (b"", False),
    ],
    ids=["mp3", "mp3 with a tag", "only a tag", "wave", "aac", "invalid bit rate", "empty"],
)
def test_mp3_is_recognised_by_its_header(content, is_one):
    assert is_mp3(content) is is_one


def test_voice_check_lists_every_missing_or_unusable_file(folder, monkeypatch, capsys):
    monkeypatch.setenv("PENSION_BOT_VOICE_DIR", str(folder))
    (folder / "zh" / "prompt-centre.mp3").write_bytes(SOUND + bytes(MOST_BYTES))
    (folder / "zh" / "prompt-closer.mp3").write_bytes(b"RIFF")
    assert main(["voice", "check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "zh/prompt-turn_right.mp3\t请跟着圆点，慢慢向右转头。\tmissing" in lines
    assert "zh/prompt-centre.mp3\t请正对屏幕，看着圆点不动。\tlarger than 12 kB" in lines
    assert "zh/prompt-closer.mp3\t请把脸慢慢靠近一点。\tno MP3" in lines
    assert lines[-1].startswith(f"{3 * len(SENTENCES) - 3} recordings are missing, 2 will not do")
    for name in (line.split("\t")[0] for line in lines[:-1]):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(SOUND)
    assert main(["voice", "check"]) == 0


@pytest.mark.parametrize("value", [None, "/nowhere/at/all"])
def test_voice_check_needs_its_folder(monkeypatch, capsys, value):
    monkeypatch.delenv("PENSION_BOT_VOICE_DIR", raising=False)
    if value:
        monkeypatch.setenv("PENSION_BOT_VOICE_DIR", value)
    assert main(["voice", "check"]) == 2
    assert "PENSION_BOT_VOICE_DIR" in capsys.readouterr().err
