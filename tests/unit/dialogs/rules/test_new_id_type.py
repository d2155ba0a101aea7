"""A seventh ID type needs one row and its words: a copy of the packages then reads its number."""

from tests.support.programs.copied_code import copy_packages, insert_lines, run_on_copy

ADDED = {
    "dialogs/values.py": (
        '    PASSPORT = "passport", "(?=[A-Z]*[0-9])[A-Z0-9]{5,15}", Recognised.AS_WORD\n',
        '    SEAMAN_BOOK = "seaman_book", "HY[0-9]{7}", Recognised.BY_FORM\n',
    ),
    "messages/language/labels.py": ('    PASSPORT = "护照"\n', '    SEAMAN_BOOK = "海员证"\n'),
    "messages/zh/names.py": ('        "passport": "护照",\n', '        "seaman_book": "海员证",\n'),
    "messages/en/names.py": (
        '        "passport": "Passport",\n',
        '        "seaman_book": "Seaman\'s book",\n',
    ),
    "dialogs/reading/lexicon/id_documents.py": (
        '    ("passport", "护照|passport"),\n',
        '    ("seaman_book", "海员证"),\n',
    ),
}
"""By file, a line and what is added after it: all that a new ID type needs in the program."""

WALK = """
from dialogs.values import IdType
from tests.support.dialog.dialogue import NAME, Session, TO_NAME, reply_text, talk
taken = talk(Session(), "企业职工认证", *TO_NAME, NAME)
assert "海员证" in reply_text(taken)
taken = talk(taken.session, "海员证", "HY123")
assert "不太对" in reply_text(taken)
taken = talk(taken.session, "hy 1234567")
print(taken.session.errand.subject.id_type, taken.session.errand.subject.number)
from messages.language.codes import Language
from messages.catalogue.lookup import label_in, label_of
assert label_in("海员证", Language.ENGLISH) == "Seaman's book" and label_of("seaman's book") == "海员证"
from dialogs.reading.reader import read
print(read("我的海员证号是HY7654321").number)
from storage.registry.values import read_id_type
assert read_id_type("海员证") is read_id_type("seaman_book") is IdType.SEAMAN_BOOK
"""


def test_new_id_type_needs_only_one_row_and_its_words(tmp_path):
    copy_packages(tmp_path, ("dialogs", "messages", "storage", "tests"))
    insert_lines(tmp_path, ADDED)
    assert run_on_copy(tmp_path, WALK) == ("seaman_book HY1234567\nHY7654321\n", "")
