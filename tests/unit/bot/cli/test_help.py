"""`--help` is quick and lists the commands in the order in which an operator needs them."""

import subprocess
import sys
from importlib.metadata import version

import pytest

from bot.cli.main import main

HEAVY = ("onnxruntime", "scipy", "skimage", "cv2", "face.attack", "face.evaluation")
SCRIPT = f"""
import sys
from bot.cli.main import main
try:
    main(["--help"])
except SystemExit:
    pass
print("loaded:", *[name for name in {HEAVY} if name in sys.modules])
"""
COMMANDS = (
    *(
        "demo",
        "serve",
        "worker",
        "db",
        "registry",
        "faces",
        "face",
        "certifications",
        "accounts",
        "keys",
        "purge",
        "audit",
    ),
    *("menu", "qrcode", "receipt", "remind", "tasks", "grant", "stats", "admin", "doctor", "faq", "voice"),
)


def test_help_loads_no_heavy_module():
    shown = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    assert shown.stdout.splitlines()[-1].split() == ["loaded:"]


def test_help_lists_the_commands_in_order(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    lines = capsys.readouterr().out.splitlines()
    words = [line.split()[0] for line in lines if line.startswith("    ") and line[4] != " "]
    assert words == list(COMMANDS)


def test_version_option_prints_the_package_version(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"pension-bot {version('pension-bot')}\n"
