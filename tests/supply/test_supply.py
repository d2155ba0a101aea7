"""The SBOM lists what runs, and the advisory check never reports success without an answer."""

import json

import pytest

from tests.docs.names import ROOT
from tests.supply import advisories, sbom


def test_sbom_lists_every_locked_package_with_hashes_and_licence(tmp_path, capsys):
    sbom.main(tmp_path / "sbom.json")
    written = json.loads((tmp_path / "sbom.json").read_text(encoding="utf-8"))
    assert (written["bomFormat"], written["specVersion"]) == ("CycloneDX", "1.6")
    lock = sbom.LOCK.read_text(encoding="utf-8")
    components = written["components"]
    assert len(components) == sum("==" in line for line in lock.splitlines())
    assert sum(len(one["hashes"]) for one in components) == lock.count("--hash=sha256:")
    assert {one["name"] for one in components if not one.get("licenses")} <= {"colorama", "insightface"}
    (pillow,) = (one for one in components if one["name"] == "pillow")
    assert pillow["licenses"] == [{"license": {"id": "MIT-CMU"}}]
    assert pillow["purl"].endswith(f"/pillow@{pillow['version']}")
    assert "without a declared licence:" in capsys.readouterr().out


def test_committed_sbom_matches_the_lock():
    """`make sbom` rewrites it."""
    kept = json.loads((ROOT / "sbom.json").read_text(encoding="utf-8"))["components"]
    locked = sbom.read_lock(sbom.LOCK.read_text(encoding="utf-8"))
    assert [(one["name"], one["version"]) for one in kept] == sorted(
        (one.name, one.version) for one in locked
    )


def test_lock_in_another_format_is_refused():
    with pytest.raises(ValueError, match="not as uv writes it"):
        list(sbom.read_lock("aiohttp>=3\n    --hash=sha256:00\n"))


def test_unreachable_advisory_service_is_reported_as_an_error(monkeypatch, capsys):
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert advisories.main() == 3
    assert "NOTHING was checked" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("package", "code", "line"),
    [
        ({"vulns": []}, 0, "1 packages, no known weakness"),
        ({"vulns": [{"id": "CVE-1", "fix_versions": ["2.1"]}]}, 1, "a 2.0: CVE-1, mended in 2.1"),
        ({"vulns": [{"id": "CVE-2", "fix_versions": []}]}, 1, "a 2.0: CVE-2, mended in no version"),
        ({"skip_reason": "unknown"}, 1, "a: not checked"),
    ],
)
def test_each_advisory_is_reported_in_one_line(capsys, package, code, line):
    known = {"dependencies": [{"name": "a", "version": "2.0", **package}]}
    assert advisories.report(json.dumps(known)) == code
    assert capsys.readouterr().out == f"{line}\n"
