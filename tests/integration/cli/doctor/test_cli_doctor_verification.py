"""`doctor` fetches the platform's domain verification file as the platform does."""

import pytest

from tests.integration.cli.doctor.test_cli_doctor import examined, outside

pytest_plugins = ["tests.support.programs.command_line"]
__all__ = ["outside"]

NAME = "MP_verify_AbCdEf0123456789.txt"


@pytest.mark.parametrize(
    ("served", "said"),
    [
        ({NAME: b"AbCdEf0123456789"}, ("ok", f"{NAME} is served")),
        ({}, ("fail", f"{NAME} is answered with 404")),
        ({NAME: b"<html>"}, ("fail", f"{NAME} is another one")),
        ({NAME: b"AbCdEf0123456789\n<html>"}, ("fail", f"{NAME} is another one")),
    ],
    ids=["served", "not served", "other content", "longer content"],
)
async def test_verification_file_is_fetched_and_compared(terminal, outside, tmp_path, served, said):
    outside.files = served
    (tmp_path / NAME).write_bytes(b"AbCdEf0123456789")
    terminal.set(VERIFY_FILES=tmp_path)
    _, found = await examined(terminal)
    file = found["verification file"]
    assert (file["severity"], file["detail"]) == said


@pytest.mark.usefixtures("outside")
async def test_folder_without_a_verification_file_is_reported(terminal, tmp_path):
    (tmp_path / "notes.txt").write_text("secret")
    terminal.set(VERIFY_FILES=tmp_path)
    _, found = await examined(terminal)
    assert found["verification file"]["severity"] == "fail"
    assert "功能设置" in found["verification file"]["advice"]
