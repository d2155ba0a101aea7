"""A search that finds nobody says why, and keeps what was typed."""

import pytest

from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import PERSON

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


async def test_search_form_keeps_its_input_when_nobody_is_found(office):
    desk = await office.sign_in()
    await desk.get("person")
    page = await desk.post("person", number='1101 "05"', reason="complaint")
    assert 'value="1101 &#34;05&#34;"' in page.text
    assert '<option value="complaint" selected>' in page.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (PERSON.name, "不能用姓名查"),
        ("林", "不能用姓名查"),
        ("Lin Xiulan", "不能用姓名查"),
        ("身份证110105194912310021", "号码不对"),
        ("欧阳 110105194912310021", "号码不对"),
        ("ABCD-EFGH", "没有这个人"),
        ("11010519491231002", "号码不对"),
        ("110105194912310021", "号码不对"),
        ("E0000000", "没有这个人"),
        ("8F3K-27QX", "没有这个人"),
    ],
)
async def test_search_that_finds_nobody_says_whether_the_number_may_be_right(office, typed, told):
    desk = await office.sign_in()
    await desk.get("person")
    page = await desk.post("person", number=typed, reason="call")
    assert page.status == 404
    assert told in page.words
