"""Files of `deploy/` are accepted by the programs that read them, and refer only to existing things."""

import re

import pytest
import yaml

from bot.server.bounded_stop import STOP_DEADLINE
from bot.server.process_group import STOP_TIMEOUT
from bot.settings.parsers import PREFIX
from bot.settings.settings import Settings
from bot.settings.table import IN_FILE, settings_of
from tests.supply.deploy_lint import DEPLOY, LINTERS, UNITS, Linter, main
from tests.support.programs.copied_code import ROOT

COMPOSE = DEPLOY / "compose" / "compose.yaml"


@pytest.fixture
def composition():
    return yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("linter", [one for one in LINTERS if one.is_here], ids=lambda one: one.name)
def test_deploy_files_are_accepted_by_the_programs_that_read_them(linter, tmp_path):
    assert linter.faults(tmp_path) == []


def test_lint_lists_missing_programs_and_passes(capsys):
    missing = Linter("no-such-program", lambda _: [["no-such-program"]])
    blind = Linter("sh", lambda _: [["sh", "-c", "exit 1"]], ("sh", "-c", "exit 1"))
    assert main([missing, blind]) == 0
    assert capsys.readouterr().out == "left out, not installed here: no-such-program, sh\n"


@pytest.mark.parametrize("script", ["echo bad; exit 1", "echo warning: bad >&2"], ids=["fault", "warning"])
def test_lint_fails_on_an_error_or_warning_of_a_program(script, capsys):
    assert main([Linter("sh", lambda _: [["sh", "-c", script]])]) == 1
    assert re.match(r"sh: .*bad\n$", capsys.readouterr().out)


def test_settings_in_units_and_compose_file_exist():
    rows = settings_of(Settings)
    known = {PREFIX + one.name for one in rows} | {PREFIX + one.name + IN_FILE for one in rows if one.secret}
    used = {
        name
        for path in [*UNITS, COMPOSE, DEPLOY / "nginx" / "pension-bot.conf"]
        for name in re.findall(rf"\b{PREFIX}[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    assert used - known == set()
    assert f"{PREFIX}DATA_KEYS{IN_FILE}" in used


def test_units_that_share_a_state_directory_run_as_one_user():
    """Without a common name each unit has its own user, and the last one started owns the folder."""
    shared = {"StateDirectory=pension-bot", "DynamicUser=yes", "User=pension-bot"}
    lacking = {unit.name: shared - set(unit.read_text(encoding="utf-8").splitlines()) for unit in UNITS}
    assert lacking == {"pension-bot.service": set(), "pension-bot-worker.service": set()}


def test_worker_unit_reads_its_own_settings_after_the_common_ones():
    """Both cannot serve `/metrics` at one port; the last file takes precedence and may be missing."""
    read = {
        unit.stem: re.findall(r"^EnvironmentFile=(.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
        for unit in UNITS
    }
    both = "/etc/pension-bot/settings.env"
    assert read == {"pension-bot": [both], "pension-bot-worker": [both, "-/etc/pension-bot/worker.env"]}


def test_stop_timeouts_exceed_the_programs_own_deadline(composition):
    """Even if the database hangs: a member of `serve --processes` ends itself, or the group ends it."""
    given = [
        re.findall(r"^TimeoutStopSec=(\d+)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
        for unit in UNITS
    ]
    ours = [one for one in composition["services"].values() if one["image"] == "pension-bot"]
    given += [re.findall(r"^(\d+)s$", one.get("stop_grace_period", "10s")) for one in ours]
    assert len(given) == 5
    assert min(float(seconds) for [seconds] in given) > STOP_TIMEOUT + 5 > STOP_DEADLINE + 5


def test_unit_watchdog_exceeds_twice_the_database_timeouts():
    limits = {one.name: one.default for one in settings_of(Settings)}
    for unit in UNITS:
        [seconds] = re.findall(r"^WatchdogSec=(\d+)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
        assert int(seconds) > 2 * (limits["DATABASE_LOCK_TIMEOUT"] + limits["DATABASE_STATEMENT_TIMEOUT"])


def test_every_compose_service_is_confined_and_has_a_healthcheck(composition):
    for name, service in composition["services"].items():
        assert service["read_only"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "healthcheck" in service, name  # podman builds images without the Containerfile's check


def test_files_mounted_by_the_compose_file_exist(composition):
    own = {"./tls"}
    """The certificate, which the office provides."""
    mounted = [
        volume.partition(":")[0]
        for service in composition["services"].values()
        for volume in service.get("volumes", ())
        if volume.startswith(".")
    ]
    assert [path for path in mounted if path not in own and not (COMPOSE.parent / path).exists()] == []


def test_compose_secrets_are_files_in_the_secrets_folder(composition):
    """Debian 12's podman-compose takes a path without `./` for a volume's name, and nothing starts."""
    assert {name: secret["file"] for name, secret in composition["secrets"].items()} == {
        name: f"./secrets/{name}" for name in composition["secrets"]
    }


def test_schema_service_restarts_until_the_database_is_up(composition):
    """Debian 12's podman-compose starts everything at once."""
    assert composition["services"]["schema"]["restart"].startswith("on-failure:")


def test_prometheus_config_names_existing_rules_and_services(composition):
    config = yaml.safe_load((DEPLOY / "prometheus.yml").read_text(encoding="utf-8"))
    assert [(DEPLOY / name).exists() for name in config["rule_files"]] == [True]
    [targets] = config["scrape_configs"][0]["static_configs"]
    assert {target.partition(":")[0] for target in targets["targets"]} <= composition["services"].keys()


def test_image_lock_is_a_subset_of_the_test_lock():
    """The image's lock is the runtime part of ours."""
    ours, theirs = (
        set(re.findall(r"^(\S+==\S+)", path.read_text(encoding="utf-8"), re.MULTILINE))
        for path in (ROOT / "requirements.lock", DEPLOY / "requirements.lock")
    )
    assert theirs < ours
    assert not {"pytest", "ruff", "opencv-python"} & {pin.partition("==")[0] for pin in theirs}


def test_image_runs_as_an_unprivileged_user_with_a_healthcheck():
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    last = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER \d{4,}$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
