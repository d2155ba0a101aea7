"""A third scheme is one row and its words: a copy of the rooms is walked to its link, and reads it."""

from tests.support.programs.copied_rooms import copied, used, with_lines

ADDED = {
    "dialogs/values.py": ('    RESIDENT = "resident", False\n', '    CIVIL = "civil", False\n'),
    "messages/language/labels.py": (
        '    RESIDENT = "城乡居民养老保险"\n',
        '    CIVIL = "机关事业单位养老保险"\n',
    ),
    "messages/zh/names.py": (
        '        "resident": "城乡居民养老保险",\n',
        '        "civil": "机关事业单位养老保险",\n',
    ),
    "messages/en/names.py": (
        '        "resident": "resident pension",\n',
        '        "civil": "civil service pension",\n',
    ),
}
"""After which line of which file what is added: all that a new scheme takes."""

WALK = """
from dialogs.effects import OpenCapture
from dialogs.values import Scheme
from tests.support.dialog.dialogue import DETAILS, Session, TO_NAME, checked, said, talk
taken = talk(Session(), "养老认证")
assert "3 " in said(taken) and "机关事业单位养老保险" in said(taken)
taken = talk(taken.session, "3")
assert "您选的是机关事业单位养老保险" in said(taken)
taken = talk(checked(talk(taken.session, *TO_NAME, *DETAILS, "下一步")).session, "确定")
(opened,) = [effect for effect in taken.effects if isinstance(effect, OpenCapture)]
print(opened.request.scheme)
from storage.registry.values import read_scheme
assert read_scheme("机关事业单位") is read_scheme("civil service pension") is Scheme.CIVIL
"""


def test_a_third_scheme_is_one_row_and_its_words(tmp_path):
    copied(tmp_path, ("dialogs", "messages", "storage", "tests"))
    with_lines(tmp_path, ADDED)
    assert used(tmp_path, WALK) == ("civil\n", "")
