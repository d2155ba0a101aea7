"""The rules of signing in: waits, codes, passwords."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.console.access.lockout import wait_after
from bot.console.access.passwords import initial_password, is_strong
from bot.console.access.permissions import PERMISSIONS, Permission
from bot.console.access.second_factor import new_secret, step_of
from storage.console.accounts import Role
from tests.support.console.authenticator import code_at

NOW = datetime(2026, 5, 4, 9, 30, 10, tzinfo=UTC)
STEP = timedelta(seconds=30)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (11, 1920), (12, 3600), (999, 3600)]
)
def test_wait_after_failures_grows_up_to_one_hour(failures, seconds):
    assert wait_after(failures) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_totp_code_is_accepted_one_step_early_or_late(steps, fits):
    secret = new_secret()
    code = code_at(secret, NOW + steps * STEP)
    step = step_of(secret, code, NOW)
    assert step == (int(NOW.timestamp()) // 30 + steps if fits else None)
    assert step_of(secret, f"{code[:3]} {code[3:]}", NOW) == step


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "12 34\x00 56"])
def test_malformed_totp_code_is_refused(code):
    assert step_of(new_secret(), code, NOW) is None


def test_totp_code_matches_the_example_of_rfc_6238():
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the appendix's "12345678901234567890" in base32
    assert step_of(secret, "287082", datetime.fromtimestamp(59, UTC)) == 1  # its 94287082, in six digits


@pytest.mark.parametrize(
    ("password", "strong"),
    [
        ("a long sentence", True),
        ("我家门前有一条弯弯的小河", True),
        ("short", False),
        ("aaaaaaaaaaaaaa", False),
        ("li is my name, li", False),
        ("x" * 150 + "abcdefg" * 10, False),
    ],
)
def test_password_must_be_long_and_not_the_account_name(password, strong):
    assert is_strong(password, "li") is strong


def test_initial_passwords_differ_and_are_strong():
    drawn = {initial_password() for _ in range(50)}
    assert len(drawn) == 50
    assert all(is_strong(one, "li") for one in drawn)


def test_no_role_combines_case_work_with_accounts_or_audit():
    for role in Role:
        sees_people = Permission.PERSON in PERMISSIONS[role]
        assert not (sees_people and PERMISSIONS[role] & {Permission.ACCOUNTS, Permission.AUDIT})
