"""The steps back to an older version, in the order of the page."""

import pytest

from tests.docs.names import ROOT


@pytest.mark.parametrize("page", ["upgrading.md", "upgrading.zh.md"])
def test_certifications_are_exported_before_the_older_version_is_installed(page):
    """The older one refuses the newer schema with exit code 2, and the file would be empty."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    steps = [
        "--all --since",
        "git checkout OLD_VERSION",
        "systemctl start",
        "dropdb pension_bot",
        "pg_restore",
    ]
    places = [text.index(step, text.index("certifications --json-lines")) for step in steps]
    assert places == sorted(places)
