"""Every outbox kind has a worker that claims it and, if people receive it, words for a person's page."""

from bot.delivery.claimed_kinds import BY_DAY, BY_NIGHT, EXPORTED
from storage.messaging.outbox import OutboxKind
from tests.support.programs.copied_code import copy_packages, replace_texts, run_on_copy

KIND = '    NOTICE = "notice", DeliveryRoute.MESSAGE, False'
WORDS = "MESSAGE_KINDS: Mapping[str, str] = MappingProxyType(\n    {\n"
ADDED = (
    (
        "storage/messaging/outbox.py",
        KIND,
        f'    INVITATION = "invitation", DeliveryRoute.TEMPLATE, False\n{KIND}',
    ),
    ("messages/zh/console/case.py", WORDS, f'{WORDS}        "invitation": "?",\n'),
    ("messages/en/console/case.py", WORDS, f'{WORDS}        "invitation": "?",\n'),
)
"""The row of a new kind, and its words for clerks."""

USED = """
from bot.delivery.claimed_kinds import BY_DAY, BY_NIGHT
from messages.catalogue.phrases import CONSOLE_MESSAGE_KINDS
from storage.messaging.outbox import OutboxKind
kind = OutboxKind("invitation")
assert kind in CONSOLE_MESSAGE_KINDS
print(kind in BY_DAY, kind in BY_NIGHT)
"""


def test_every_outbox_kind_is_claimed_by_one_worker():
    assert sorted((*BY_DAY, *EXPORTED)) == sorted(OutboxKind)


def test_reminders_and_notices_are_sent_by_day_and_last():
    assert BY_NIGHT == (OutboxKind.TEXT, OutboxKind.CHECK, OutboxKind.TEMPLATE)
    assert (*BY_NIGHT, OutboxKind.REMINDER, OutboxKind.NOTICE) == BY_DAY


def test_new_outbox_kind_is_one_row_and_its_words(tmp_path):
    copy_packages(tmp_path, ("bot", "dialogs", "face", "messages", "storage"))
    replace_texts(tmp_path, ADDED)
    assert run_on_copy(tmp_path, USED) == ("True False\n", "")
