"""`face liveness-pack install`: a model is checked, described and installed, or refused in one line."""

import hashlib

import pytest

from bot.cli.main import main
from bot.errors import BadSetting
from bot.face_pack import load_checker
from tests.support.faces.passive_model import write_passive_model


def install(capfd, *arguments):
    """Run the command; return its exit code and both outputs."""
    return main(["face", "liveness-pack", "install", *map(str, arguments)]), *capfd.readouterr()


@pytest.mark.parametrize(
    ("licence", "shown"), [("Apache-2.0", "licence  Apache-2.0"), (None, "not stated in the file")]
)
def test_install_copies_the_model_and_shows_hash_and_licence(capfd, tmp_path, licence, shown):
    file = write_passive_model(tmp_path / "alive.onnx", 0.9, licence)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    code, told, said = install(capfd, file, "--to", tmp_path / "kept", "--sha256", digest.upper())
    kept = tmp_path / "kept" / "alive.onnx"
    assert (code, said, kept.read_bytes()) == (0, "", file.read_bytes())
    assert f"sha256   {digest}" in told
    assert shown in told
    assert f"PENSION_BOT_FACE_LIVENESS_PACK={kept}" in told
    assert load_checker("opencv-zoo", None, str(kept))


def test_reinstalling_from_the_target_folder_changes_nothing(capfd, tmp_path):
    file = write_passive_model(tmp_path / "alive.onnx", 0.9)
    assert install(capfd, file, "--to", tmp_path)[0] == 0
    assert load_checker("opencv-zoo", None, str(file))


def test_model_replaced_after_installation_is_not_loaded(capfd, tmp_path):
    install(capfd, write_passive_model(tmp_path / "alive.onnx", 0.9), "--to", tmp_path / "kept")
    kept = write_passive_model(tmp_path / "kept" / "alive.onnx", 0.99)
    with pytest.raises(BadSetting, match=r"_PACK: the model alive\.onnx is another file than the one"):
        load_checker("opencv-zoo", None, str(kept))


def test_model_with_another_hash_is_not_installed(capfd, tmp_path):
    code, told, said = install(
        capfd,
        write_passive_model(tmp_path / "alive.onnx", 0.9),
        "--to",
        tmp_path / "kept",
        "--sha256",
        "0" * 64,
    )
    assert (code, told) == (2, "")
    assert "nothing was installed" in said
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("content", [None, b"", b"no model", b"\x08\x09"])
def test_file_that_is_not_a_model_is_refused_in_one_line(capfd, tmp_path, content):
    file = tmp_path / "alive.onnx"
    if content is not None:
        file.write_bytes(content)
    code, told, said = install(capfd, file, "--to", tmp_path / "kept")
    assert (code, told, len(said.splitlines())) == (2, "", 1)
    assert "alive.onnx" in said
    assert not (tmp_path / "kept").exists()


def test_target_folder_that_cannot_be_created_is_reported(capfd, tmp_path):
    (tmp_path / "kept").write_bytes(b"")
    code, _, said = install(
        capfd, write_passive_model(tmp_path / "alive.onnx", 0.9), "--to", tmp_path / "kept"
    )
    assert (code, said.startswith("pension-bot: --to:")) == (2, True)
