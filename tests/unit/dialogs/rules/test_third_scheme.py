"""A third scheme needs one row and its words: a copy of the packages then offers and certifies it."""

import re

from tests.support.programs.copied_code import copy_packages, insert_lines, replace_texts, run_on_copy

ADDED = {
    "dialogs/values.py": ('    RESIDENT = "resident", False\n', '    CIVIL = "civil", False\n'),
    "messages/zh/names.py": (
        '        "resident": "城乡居民养老保险",\n',
        '        "civil": "机关事业单位养老保险",\n',
    ),
    "messages/en/names.py": (
        '        "resident": "resident pension",\n',
        '        "civil": "civil service pension",\n',
    ),
}
"""By file, a line and what is added after it: the row and its names."""

LABELS, MENU = "messages/language/labels.py", "messages/menu.py"
LEXICON, CHAT = "dialogs/reading/lexicon/schemes.py", "bot/simulator/static/chat.js"
CHANGED = (
    (LABELS, '    AGREE = "', '    CIVIL = "机关事业单位养老保险"\n    AGREE = "'),
    (LABELS, "    CITY = ", '    CERTIFY_CIVIL = "CERTIFY_CIVIL"\n    CITY = '),
    (LABELS, "    CITY = ", '    QUERY_CIVIL = "QUERY_CIVIL"\n    CITY = '),
    (MENU, "  MenuKey.CITY: ", '  MenuKey.CERTIFY_CIVIL: "机关单位认证",\n  MenuKey.CITY: '),
    (MENU, "  MenuKey.CITY: ", '  MenuKey.QUERY_CIVIL: "机关单位查询",\n  MenuKey.CITY: '),
    (LEXICON, '    ("resident", "res', '    ("civil", "civil serv(?:ice|ant)"),\n    ("resident", "res'),
    (LEXICON, '    (\n        "resi', '    ("civil", "机关|事业单位|公务员"),\n    (\n        "resi'),
    (LEXICON, '"退休(?:工人|', '"(?<!机关)退休(?:工人|'),
    (LEXICON, '职工养老|职保)"', '职工养老|职保|机关养老)"'),
    (CHAT, '"CERTIFY_RESIDENT"]', '"CERTIFY_RESIDENT"], ["机关单位认证", "CERTIFY_CIVIL"]'),
    (CHAT, '"QUERY_RESIDENT"]', '"QUERY_RESIDENT"], ["机关单位查询", "QUERY_CIVIL"]'),
    (LEXICON, 'OTHER_SCHEMES = "机关|事业单位|公务员|', 'OTHER_SCHEMES = "'),
)
"""Replacements in tables that have several entries for each scheme."""

CHINESE, ENGLISH = "企业职工和城乡居民", "the employee pension and the resident pension"
LISTED = (
    ("messages/zh/pages/legal_texts.py", CHINESE, "企业职工、城乡居民和机关事业单位"),
    ("messages/zh/faq.zh.csv", CHINESE, "企业职工、城乡居民和机关事业单位"),
    ("messages/en/pages/legal_texts.py", ENGLISH, f"{ENGLISH} and the civil service pension"),
    ("messages/en/faq.en.csv", ENGLISH, "employee pension, resident pension and civil service pension"),
    ("messages/en/faq.en.csv", "For civil servants and teachers the", "For teachers the"),
)
"""Texts that say which pensions are certified here."""

WALK = """
from dialogs.effects import OpenCapture
from dialogs.flow.step import step
from dialogs.session import State
from dialogs.values import Scheme
from messages.inbound import Click, Scanned
from messages.scenes import parse_scene
from tests.support.dialog.dialogue import DETAILS, NOW, Session, TO_NAME
from tests.support.dialog.dialogue import answer_check, reply_text, say_with_faq, talk

taken = talk(Session(), "养老认证")
assert "3 " in reply_text(taken) and "机关事业单位养老保险" in reply_text(taken)
taken = talk(taken.session, "3")
assert "您选的是机关事业单位养老保险" in reply_text(taken)
taken = talk(answer_check(talk(taken.session, *TO_NAME, *DETAILS, "下一步")).session, "确定")
(opened,) = [effect for effect in taken.effects if isinstance(effect, OpenCapture)]
assert opened.request.scheme is Scheme.CIVIL

def chosen(taken):
    assert taken.session.state is State.AGREEMENT, reply_text(taken)
    return taken.session.errand.scheme

assert chosen(step(Session(), Scanned("civil:440100"), NOW)) is Scheme.CIVIL
assert step(Session(), Scanned("civil:440100"), NOW).session.city == "440100"
assert step(Session(), Scanned("martial:440100"), NOW).session.state is State.HOME
assert chosen(step(Session(), Click("CERTIFY_CIVIL"), NOW)) is Scheme.CIVIL
assert chosen(step(Session(), Click("QUERY_CIVIL"), NOW)) is Scheme.CIVIL
assert chosen(talk(Session(), "机关单位认证")) is Scheme.CIVIL
assert chosen(say_with_faq(Session(), "我是机关退休的")) is Scheme.CIVIL
assert chosen(talk(Session(), "企业职工认证", "机关养老")) is Scheme.CIVIL
assert "Civil service pension" in reply_text(talk(Session(), "English"))
assert chosen(talk(Session(), "English", "Civil service pension")) is Scheme.CIVIL
assert "You chose the civil service pension" in reply_text(talk(Session(), "English", "civil servant"))
# the guide's name of the residents' query is the way to their scheme, not a query of the one at hand
guide = talk(Session(), "机关单位认证", "同意并开始办理")
assert talk(guide.session, "城乡居民基本养老保险生存认证信息查询").session.errand.scheme is Scheme.RESIDENT

from messages.faq import OFFERABLE
assert "机关事业单位养老保险" in OFFERABLE
from storage.registry.values import read_scheme
assert read_scheme("机关事业单位") is read_scheme("civil service pension") is Scheme.CIVIL
from bot.wechat.api.menu import account_menu
certify, query, _ = account_menu()["button"]
print(certify["sub_button"][2]["name"], query["sub_button"][2]["key"])
"""

TABLES = """
import sys, pytest
sys.exit(pytest.main(["-q", "-rf", "-p", "no:cacheprovider", "-n", "0",
    "tests/unit/messages/test_english.py", "tests/unit/messages/test_menu.py",
    "tests/unit/messages/test_catalogue.py", "tests/unit/messages/test_faq_entries.py",
    "tests/unit/dialogs/reading/test_reading.py::test_tables_cover_the_members_of_their_enums"]))
"""


def with_third_scheme(folder):
    copy_packages(folder, ("bot", "dialogs", "messages", "storage", "tests"))
    insert_lines(folder, ADDED)
    replace_texts(folder, (*CHANGED, *LISTED))


def test_third_scheme_needs_only_one_row_and_its_words(tmp_path):
    with_third_scheme(tmp_path)
    assert run_on_copy(tmp_path, WALK) == ("机关单位认证 QUERY_CIVIL\n", "")


def test_tests_of_the_tables_pass_with_a_third_scheme(tmp_path):
    with_third_scheme(tmp_path)
    out, errors = run_on_copy(tmp_path, TABLES)
    assert re.fullmatch(r"[0-9]+ passed in .*", out.splitlines()[-1]), out[-2000:] + errors
