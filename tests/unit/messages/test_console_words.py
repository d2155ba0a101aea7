"""The console's pages take all their text from the catalogue, and all text in it is used by a page."""

import re
from pathlib import Path

import pytest

import bot.console
import storage.console
from bot.console.access.gate import RequestRefusal
from bot.console.loading.receiving import ReceivingRefusal
from bot.console.loading.spool import SpoolRefusal
from bot.console.person.new_link import LinkOutcome
from bot.console.talks.view import TalkHolder
from bot.console.visits.results import VisitResult
from bot.office.case_acts import ActKind, Grounds, Unfit
from dialogs.effects import TalkEnd
from dialogs.progress import FunnelStep
from dialogs.rules.due import Standing
from dialogs.session import State
from dialogs.values import BenefitStatus
from messages.catalogue import phrases
from messages.catalogue.lookup import PACKS
from messages.language.codes import Language
from storage.audit_trail.actions import Actor, AuditAction
from storage.console.accounts import Role
from storage.console.figures import TaskAge, Undelivered
from storage.console.loads import LoadKind, LoadState
from storage.console.task_board import TaskResult
from storage.messaging.outbox import OutboxKind
from storage.records.consents import ConsentKind
from storage.records.tasks import TaskKind
from tests.support.tables import over

HERE = Path(bot.console.__file__).parent
HAN = re.compile("[\u4e00-\u9fff]")
FILES = [*sorted((HERE / "templates").iterdir()), *sorted((HERE / "static").iterdir())]
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in (*FILES, *sorted(HERE.rglob("*.py"))))
TABLES = {
    name: words for name, words in PACKS[Language.CHINESE].phrases.items() if name.startswith("console")
}
STORED = Path(storage.console.__file__).parent
SOURCES += "\n".join(path.read_text(encoding="utf-8") for path in sorted(STORED.iterdir()) if path.is_file())
PAGES = (
    "",
    "_sign_in",
    "_today",
    "_person",
    "_tasks",
    "_talks",
    "_approvals",
    "_loading",
    "_audit",
    "_accounts",
    "_visits",
)
"""Tables of pages; the keys of all other tables are enum members, stored words and reasons."""

CLOSED_SETS = {
    "console_actions": AuditAction,
    "console_actors": Actor,
    "console_acts": [kind.replace("-", "_") for kind in ActKind],
    "console_ages": TaskAge,
    "console_consents": ConsentKind,
    "console_funnel": FunnelStep,
    "console_grounds": Grounds,
    "console_load_kinds": LoadKind,
    "console_load_states": LoadState,
    "console_message_kinds": [kind for kind in OutboxKind if kind.is_told],
    "console_results": TaskResult,
    "console_roles": Role,
    "console_standings": Standing,
    "console_states": State,
    "console_task_kinds": TaskKind,
    "console_undelivered": Undelivered,
    "console_visit_results": VisitResult,
}
"""The enum whose members each table translates; a page raises for a member without a translation."""

AMONG_OTHERS = [
    ("console_benefits", BenefitStatus),
    ("console_flashes", LinkOutcome),
    ("console_flashes", Unfit),
    ("console_loading", ReceivingRefusal),
    ("console_loading", SpoolRefusal),
    ("console_refusals", RequestRefusal),
    ("console_talk_ends", TalkEnd),
    ("console_talks", TalkHolder),
]
"""Enums whose members are translated in a table that has other keys too."""


@over(FILES)
def test_template_or_script_contains_no_chinese_text(path):
    assert not HAN.search(path.read_text(encoding="utf-8"))


def test_every_key_of_page_tables_is_used():
    used, tables = set(re.findall(r"\w+", SOURCES)), [f"console{page}" for page in PAGES]
    assert [(table, key) for table in tables for key in TABLES[table] if key not in used] == []


@over(Language, CLOSED_SETS)
def test_table_has_exactly_the_members_of_its_enum(language, table):
    assert set(PACKS[language].phrases[table]) == set(CLOSED_SETS[table])


@pytest.mark.parametrize(("table", "members"), AMONG_OTHERS)
def test_every_enum_member_has_text_in_shared_table(table, members):
    assert set(TABLES[table]) >= set(members)


@over(sorted(TABLES))
def test_every_console_table_is_a_constant_of_phrases(table):
    words = getattr(phrases, table.upper())
    assert all(word.spoken(Language.ENGLISH) for word in words.values())
