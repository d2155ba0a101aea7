"""The office's recordings: which are served, and which `voice check` misses."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.cli.main import main
from bot.h5.recordings import SENTENCES, Recordings, add_recordings
from messages.languages import Language


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "voice"
    (made / "zh").mkdir(parents=True)
    (made / "zh" / "prompt-turn_left.mp3").write_bytes(b"ID3 left")
    (made / "zh" / "secret.mp3").write_bytes(b"not ours")
    return made


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("zh/prompt-turn_left", 200),
        ("zh/prompt-turn_right", 404),
        ("en/prompt-turn_left", 404),
        ("zh/secret", 404),
        ("xx/prompt-turn_left", 404),
        ("..%2Fvoice%2Fzh/prompt-turn_left", 404),
    ],
)
async def test_only_recorded_sentences_of_the_list_are_served(folder, name, status):
    app = web.Application()
    add_recordings(app, folder)
    async with TestClient(TestServer(app)) as client, client.get(f"/h5/voice/{name}.mp3") as response:
        assert response.status == status
        if status == 200:
            assert (response.content_type, await response.read()) == ("audio/mpeg", b"ID3 left")


def test_a_sentence_is_found_by_what_the_page_shows(folder):
    addresses = Recordings(folder).addresses(Language.CHINESE)
    assert addresses == {"请跟着圆点，慢慢向左转头。": "/h5/voice/zh/prompt-turn_left.mp3"}
    assert Recordings().addresses(Language.CHINESE) == {}


def test_voice_check_names_every_missing_file_with_its_sentence(folder, monkeypatch, capsys):
    monkeypatch.setenv("PENSION_BOT_VOICE_DIR", str(folder))
    assert main(["voice", "check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "zh/prompt-turn_right.mp3\t请跟着圆点，慢慢向右转头。" in lines
    assert lines[-1].startswith(f"{2 * len(SENTENCES) - 1} recordings are missing")
    for name in (line.split("\t")[0] for line in lines[:-1]):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"ID3")
    assert main(["voice", "check"]) == 0


@pytest.mark.parametrize("value", [None, "/nowhere/at/all"])
def test_voice_check_needs_its_folder(monkeypatch, capsys, value):
    monkeypatch.delenv("PENSION_BOT_VOICE_DIR", raising=False)
    if value:
        monkeypatch.setenv("PENSION_BOT_VOICE_DIR", value)
    assert main(["voice", "check"]) == 2
    assert "PENSION_BOT_VOICE_DIR" in capsys.readouterr().err
