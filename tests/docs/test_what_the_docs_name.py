"""What the documentation names is there: files and headings, commands with their options, settings."""

from tests.docs.names import (
    ROOT,
    Named,
    command_lines,
    is_command,
    is_setting,
    is_there,
    leads_somewhere,
    links,
    paths,
    settings,
)

PAGE = ROOT / "docs" / "operating.md"


def test_every_link_into_the_repository_leads_somewhere():
    found = list(links())
    assert len(found) > 100
    assert [str(link) for link in found if not leads_somewhere(link)] == []


def test_every_command_that_is_named_exists_with_its_options():
    found = list(command_lines())
    assert len(found) > 100
    assert [str(line) for line in found if not is_command(line)] == []


def test_every_setting_that_is_named_exists():
    found = list(settings())
    assert len(found) > 50
    assert [str(name) for name in found if not is_setting(name)] == []


def test_every_file_that_is_named_exists():
    found = list(paths())
    assert len(found) > 50
    assert [str(path) for path in found if not is_there(path)] == []


def test_what_is_not_there_is_noticed():
    assert not leads_somewhere(Named(PAGE, "no-such-page.md"))
    assert not leads_somewhere(Named(PAGE, "security.md#no-such-heading"))
    assert leads_somewhere(Named(PAGE, "security.md#not-done-yet"))
    assert not is_command(Named(PAGE, "registry export FILE"))
    assert not is_command(Named(PAGE, "registry import FILE --everything"))
    assert is_command(Named(PAGE, "registry import FILE --full 440100"))
    assert is_command(Named(PAGE, "admin user add NAME --role R"))
    assert not is_there(Named(PAGE, "bot/no_such_file.py"))
    assert not is_setting(Named(PAGE, "NO_SUCH_THING"))
