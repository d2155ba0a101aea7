"""The office's own questions and answers, given by PENSION_BOT_FAQ."""

import pytest

from bot.errors import BadSetting
from bot.settings.faq_file import SHIPPED_FAQ, read_faq
from messages.language.codes import Language

OWN = "question,more_ways,answer,choices\n几点上班,几点开门|周末上班吗,早上九点到下午五点。,人工服务\n"


def write_faq(folder, content, encoding="utf-8"):
    file = folder / "faq.csv"
    file.write_bytes(content.encode(encoding))
    return str(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_own_faq_file_replaces_the_entries_of_its_language(tmp_path, encoding):
    found = read_faq(write_faq(tmp_path, OWN, encoding), "FAQ")
    chinese = [entry for entry in found.entries if entry.language is Language.CHINESE]
    assert [entry.answer for entry in chinese] == ["早上九点到下午五点。"]
    assert len(found.entries) > 60
    assert not found.is_shipped
    assert SHIPPED_FAQ.is_shipped


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("a,b\n", "PENSION_BOT_FAQ: line 1: must be question,more_ways,answer,choices"),
        (OWN + "问,,答,转账\n", "PENSION_BOT_FAQ: line 3: choices must be of "),
    ],
)
def test_bad_faq_file_is_refused_in_one_line(tmp_path, content, says):
    with pytest.raises(BadSetting) as refused:
        read_faq(write_faq(tmp_path, content), "FAQ")
    assert str(refused.value).startswith(says)
    assert "\n" not in str(refused.value)


def test_missing_faq_file_is_refused_in_one_line(tmp_path):
    with pytest.raises(BadSetting, match="PENSION_BOT_FAQ: cannot be read: No such file"):
        read_faq(str(tmp_path / "none.csv"), "FAQ")


def test_faq_file_in_an_unknown_encoding_is_refused(tmp_path):
    file = tmp_path / "faq.csv"
    file.write_bytes(b"\xff\xff\xff")
    with pytest.raises(BadSetting, match="is not UTF-8, UTF-16 or GB18030"):
        read_faq(str(file), "FAQ")
