"""What lies in `deploy/` is accepted by the programs that read it, and names only what there is."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.settings.parsers import PREFIX
from bot.settings.settings import Settings
from bot.settings.table import IN_FILE, settings_of
from tests.support.programs import nginx
from tests.support.programs.copied_rooms import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSE = DEPLOY / "compose" / "compose.yaml"
EXPOSED = 2.0
"""`systemd-analyze security` calls up to 2.0 "OK"; a unit without any of its options has 9.6."""


def ran(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - linters


@pytest.fixture
def composition():
    return yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))


@pytest.fixture
def unit(request, tmp_path):
    """Give a unit that starts this environment's program: a missing one is an error of its own."""
    text = request.param.read_text(encoding="utf-8")
    installed = "/opt/pension-bot/venv/bin/pension-bot"
    assert installed in text
    path = tmp_path / request.param.name
    path.write_text(text.replace(installed, str(Path(sys.executable).with_name("pension-bot"))))
    return path


def test_nginx_accepts_its_configuration(tmp_path):
    front = nginx.prepared(tmp_path)
    nginx.configure(front, "http://127.0.0.1:8000")
    checked = ran(*front.command("-t"))
    assert (checked.returncode, "warn" in checked.stderr) == (0, False), checked.stderr


@pytest.mark.parametrize("unit", UNITS, indirect=True, ids=lambda path: path.stem)
def test_systemd_accepts_the_units(unit):
    checked = ran("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(unit))
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS, indirect=True, ids=lambda path: path.stem)
def test_the_units_are_hardened(unit):
    threshold = f"--threshold={int(EXPOSED * 10)}"
    checked = ran("systemd-analyze", "security", "--offline=yes", "--no-pager", threshold, str(unit))
    assert checked.returncode == 0, checked.stdout


def test_hadolint_accepts_the_containerfile():
    checked = ran(str(Path(sys.executable).with_name("hadolint")), str(DEPLOY / "Containerfile"))
    assert (checked.returncode, checked.stdout) == (0, "")


def test_settings_of_units_and_composition_exist():
    rows = settings_of(Settings)
    known = {PREFIX + one.name for one in rows} | {PREFIX + one.name + IN_FILE for one in rows if one.secret}
    used = {
        name
        for path in [*UNITS, COMPOSE, DEPLOY / "nginx" / "pension-bot.conf"]
        for name in re.findall(rf"\b{PREFIX}[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    assert used - known == set()
    assert f"{PREFIX}DATA_KEYS{IN_FILE}" in used


def test_every_service_of_the_composition_is_confined_and_watched(composition):
    for name, service in composition["services"].items():
        assert service["read_only"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        from_image = name == "service"  # the Containerfile has its check
        assert "healthcheck" in service or from_image, name


def test_files_that_the_composition_mounts_are_there(composition):
    own = {"./tls"}
    """The certificate, which the office brings."""
    mounted = [
        volume.partition(":")[0]
        for service in composition["services"].values()
        for volume in service.get("volumes", ())
        if volume.startswith(".")
    ]
    assert [path for path in mounted if path not in own and not (COMPOSE.parent / path).exists()] == []


def test_prometheus_reads_the_rules_and_the_services_that_are_there(composition):
    config = yaml.safe_load((DEPLOY / "prometheus.yml").read_text(encoding="utf-8"))
    assert [(DEPLOY / name).exists() for name in config["rule_files"]] == [True]
    [targets] = config["scrape_configs"][0]["static_configs"]
    assert {target.partition(":")[0] for target in targets["targets"]} <= composition["services"].keys()


def test_the_image_runs_what_the_tests_run_with():
    """The image's lock is the part of ours that runs."""
    ours, theirs = (
        set(re.findall(r"^(\S+==\S+)", path.read_text(encoding="utf-8"), re.MULTILINE))
        for path in (ROOT / "requirements.lock", DEPLOY / "requirements.lock")
    )
    assert theirs < ours
    assert not {"pytest", "ruff", "opencv-python"} & {pin.partition("==")[0] for pin in theirs}


def test_the_image_runs_as_nobody_and_is_watched():
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    last = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER \d{4,}$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
