"""`doctor` fetches the file by which the platform accepts the domain, as the platform does."""

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
    ids=["served", "not served", "another", "longer"],
)
async def test_the_platforms_verification_file_is_fetched(terminal, outside, tmp_path, served, said):
    outside.files = served
    (tmp_path / NAME).write_bytes(b"AbCdEf0123456789")
    terminal.set(VERIFY_FILES=tmp_path)
    _, found = await examined(terminal)
    file = found["verification file"]
    assert (file["severity"], file["detail"]) == said


@pytest.mark.usefixtures("outside")
async def test_a_folder_without_the_verification_file_is_told(terminal, tmp_path):
    (tmp_path / "notes.txt").write_text("secret")
    terminal.set(VERIFY_FILES=tmp_path)
    _, found = await examined(terminal)
    assert found["verification file"]["severity"] == "fail"
    assert "功能设置" in found["verification file"]["advice"]
