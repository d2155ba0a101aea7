"""The networks' runtime writes nothing to disk and sends no telemetry."""

import os
import subprocess
import sys

from tests.support.programs.copied_code import ROOT

_LOADED = "import face.models.sessions, onnxruntime"


def test_runtime_stores_no_device_number_and_no_telemetry(tmp_path):
    """It would create both before it sends anything."""
    surroundings = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _LOADED]
    ran = subprocess.run(  # noqa: S603 - our own interpreter and script
        command, env=surroundings | home, capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert ran.stderr == ""
