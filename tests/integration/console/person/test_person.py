"""One person's case: found by what is read out, shown in words, and changed only with permission."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from dialogs.values import Identity, IdType, PassChannel, Scheme
from storage.audit_trail.comparison import findings
from storage.console.accounts import Role
from storage.console.case_file import CaseFile
from storage.database import connect, transaction
from storage.records.beneficiaries import Beneficiaries
from storage.records.certifications import Certifications
from storage.records.exemptions import ExemptionKind, Exemptions
from tests.support.console.people import (
    ACCOUNT,
    NEIGHBOUR,
    OTHER_RECEIPT,
    RECEIPT,
    open_case,
    submit_act,
)
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, PERSON, beneficiary

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


@pytest.mark.parametrize("typed", [PERSON.number, PERSON.number.lower(), RECEIPT, "2a3b 4c5d", " 2a3b4c5d "])
async def test_case_is_found_by_id_number_or_receipt(office, typed):
    desk = await office.sign_in()
    page = await desk.get(await open_case(desk, typed))
    assert PERSON.name in page.words
    assert NEIGHBOUR.name not in page.words


async def test_case_page_shows_what_a_clerk_reads_out(office):
    desk = await office.sign_in()
    page = await desk.get(await open_case(desk))
    for words in (
        "广州市",
        "2027年5月31日",
        RECEIPT,
        "没有通过 和登记照片不像",
        "超过四十八小时没来消息",
        "有 1 个微信会收到提醒",
        "代*人",
        "刷脸 2026",
    ):
        assert words in page.words
    assert "secret" not in page.text
    assert ACCOUNT not in page.text


async def test_case_opens_only_with_a_reason_and_the_lookup_is_audited(office):
    desk = await office.sign_in()
    await desk.get("person")
    for reason in ("", "curiosity"):
        assert "请先选一个原因" in (await desk.post("person", number=PERSON.number, reason=reason)).words
    assert await office.audit_entries("case.opened") == []
    await open_case(desk, reason="complaint")
    assert await office.audit_entries("case.opened") == [("console:li", "case.opened", "complaint")]
    assert (await desk.post("person", number="E0000000", reason="call")).status == 404
    assert await office.audit_entries("case.not_found") == [("console:li", "case.not_found", "call")]


async def test_id_number_appears_in_no_url_and_no_log(office, caplog):
    caplog.set_level(logging.DEBUG)
    desk = await office.sign_in()
    path = await open_case(desk)
    assert PERSON.number not in path
    assert PERSON.number not in caplog.text
    assert PERSON.name not in caplog.text


async def test_guessed_or_copied_case_url_is_not_found(office):
    desk = await office.sign_in()
    path = await open_case(desk)
    other = await office.sign_in("wang")
    await other.get("person")
    for guessed in (path, "person/1", "person/" + "A" * 32):
        assert (await other.get(guessed)).status == 404
    assert (await other.post(f"{path}/forgive")).status == 404
    refused = [entry for entry in await office.refusals() if "case" in entry[1]]
    assert refused == [("console:wang", "missing case")] * 4


async def test_opened_case_expires_after_half_an_hour(office):
    desk = await office.sign_in()
    path = await open_case(desk)
    office.clock.advance(minutes=29)
    assert (await desk.get(path)).status == 200
    office.clock.advance(minutes=2)
    page = await desk.get(path)
    assert (page.status, "请重新查这个人" in page.words) == (404, True)
    assert 'href="/admin/person"' in page.text


async def test_markup_in_a_name_is_escaped(office):
    wicked = Identity("<script>alert(1)</script>", IdType.PASSPORT, "E9999999")
    async with transaction(office.parts.engine) as conn:
        await Beneficiaries(office.parts.vault).put(conn, [replace(beneficiary(), identity=wicked)], NOW)
    desk = await office.sign_in()
    page = await desk.get(await open_case(desk, wicked.number))
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text


CERTIFY = {"scheme": "employee", "channel": "home_visit", "grounds": "document"}


async def test_recorded_visit_moves_the_due_date(office):
    office.clock.advance(days=40)
    desk = await office.sign_in()
    path = await open_case(desk)
    assert "flash=done" in (await desk.post(f"{path}/certify", **CERTIFY)).location
    async with connect(office.parts.engine) as conn:
        person = (Scheme.EMPLOYEE, PERSON.id_type, PERSON.number)
        made = await Certifications(office.parts.vault).latest(conn, *person)
    assert made.channel == PassChannel.HOME_VISIT
    page = await desk.get(path)
    assert "上门认证" in page.words
    assert "2027年6月30日" in page.words
    (_, _, detail) = (await office.audit_entries("certified.by_office"))[0]
    assert detail == f"employee home_visit document {made.receipt}"
    assert "flash=had_passed" in (await desk.post(f"{path}/certify", **CERTIFY)).location
    assert len(await office.audit_entries("certified.by_office")) == 1


async def test_tampered_pass_does_not_count_on_the_case_page(office):
    office.clock.advance(days=40)
    desk = await office.sign_in()
    path = await open_case(desk)
    await desk.post(f"{path}/certify", **CERTIFY)
    assert "2027年6月30日" in (await desk.get(path)).words
    async with transaction(office.parts.engine) as conn:
        await conn.execute(text("UPDATE certifications SET account = 'x' WHERE channel = 'home_visit'"))
    assert "2027年6月30日" not in (await desk.get(path)).words


@pytest.mark.parametrize(
    "change",
    [
        {"scheme": "resident"},
        {"scheme": "x"},
        {"channel": "face"},
        {"grounds": ""},
        {"grounds": "<b>"},
    ],
    ids=str,
)
async def test_invalid_visit_form_records_nothing(office, change):
    desk = await office.sign_in()
    path = await open_case(desk)
    answer = await desk.post(f"{path}/certify", **{**CERTIFY, **change})
    assert "flash=done" not in answer.location
    assert await office.audit_entries("certified") == []


async def test_supervisor_grants_and_ends_an_exemption_and_revokes_a_receipt(office):
    desk = await office.sign_in(role=Role.SUPERVISOR)
    path = await open_case(desk)
    vault = office.parts.vault

    async def is_exempt():
        async with connect(office.parts.engine) as conn:
            return await Exemptions(vault).is_in_force(conn, ExemptionKind.PASSIVE, PERSON, NOW.date())

    too_long = (NOW + timedelta(days=500)).date().isoformat()
    for until in ("", "tomorrow", "2020-01-01", too_long):
        assert "日期要在今天之后" in (await desk.post(f"{path}/grant", until=until, words="卧床")).words
    assert not await is_exempt()
    await desk.post(f"{path}/grant", until="2026-09-30", words="卧床")
    assert await is_exempt()
    assert "免动作到 2026年9月30日：卧床" in (await desk.get(path)).words
    await desk.post(f"{path}/end-grant")
    assert not await is_exempt()
    assert await submit_act(desk, path, "revoke", receipt=RECEIPT, words="认错人") == "done"
    page = await desk.get(path)
    assert "已撤销" in page.words
    assert "认错人" in page.words
    assert "认错人" not in str(await office.audit_entries())


async def test_receipt_of_another_person_cannot_be_revoked_from_the_case(office):
    desk = await office.sign_in(role=Role.SUPERVISOR)
    path = await open_case(desk)
    answer = await desk.post(f"{path}/revoke", receipt=OTHER_RECEIPT, words="x")
    assert "没有可以办理的内容" in answer.words
    async with connect(office.parts.engine) as conn:
        (kept,) = await CaseFile(office.parts.vault, NEIGHBOUR).passes(conn)
    assert kept.revoked_at is None


@pytest.mark.parametrize("kind", ["grant", "end-grant", "revoke", "forget"])
async def test_supervisor_acts_are_forbidden_to_clerks(office, kind):
    desk = await office.sign_in()
    path = await open_case(desk)
    answer = await desk.post(f"{path}/{kind}", until="2026-09-30", words="x", receipt=RECEIPT, sure="yes")
    assert answer.status == 403
    _, detail = (await office.refusals())[-1]
    assert detail.startswith("permission ")
    assert f"{path}/{kind}" not in (await desk.get(path)).text


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR, Role.ADMIN])
@pytest.mark.parametrize("path", ["person", "tasks", "tasks.csv", "approvals"])
async def test_other_roles_cannot_open_cases_tasks_or_approvals(office, role, path):
    desk = await office.sign_in("wu", role)
    assert (await desk.get(path)).status == 403
    assert "console:wu" in [actor for actor, _ in await office.refusals()]


async def test_registering_a_death_or_deleting_templates_needs_the_checkbox(office):
    desk = await office.sign_in(role=Role.SUPERVISOR)
    path = await open_case(desk)
    for kind in ("death", "forget"):
        assert await submit_act(desk, path, kind) == "incomplete"
        assert await submit_act(desk, path, kind, sure="yes") == "done"
    page = await desk.get(path)
    assert "已登记去世" in page.words
    assert "没有登记照片" in page.words
    assert "没有人订阅提醒" in page.words


async def test_certifying_is_not_offered_when_no_benefit_is_paid(office):
    desk = await office.sign_in()
    path = await open_case(desk)
    assert await submit_act(desk, path, "death", sure="yes") == "done"
    page = await desk.get(path)
    assert "登记已见到本人 名册里没有在领的待遇，不能登记认证。" in page.words
    assert f"{path}/certify" not in page.text


async def test_revocation_under_four_eyes_waits_for_a_second_person(strict_office):
    office = strict_office
    first = await office.sign_in("first", Role.SUPERVISOR)
    path = await open_case(first)
    assert "flash=waits" in (await first.post(f"{path}/revoke", receipt=RECEIPT, words="认错人")).location
    assert "已撤销" not in (await first.get(path)).words
    assert "您提交的" in (await first.get("approvals")).words
    assert "not_open" in (await first.post("approvals/1/approve")).location
    second = await office.sign_in("second", Role.SUPERVISOR)
    waiting = await second.get("approvals")
    assert RECEIPT in waiting.words
    assert PERSON.number not in waiting.words
    assert "flash=approved" in (await second.post("approvals/1/approve")).location
    assert "not_open" in (await second.post("approvals/1/decline")).location
    assert "已撤销" in (await first.get(path)).words
    entries = [
        entry for entry in await office.audit_entries() if entry[1].startswith(("approval", "receipt"))
    ]
    assert entries == [
        ("console:first", "approval.asked", "revoke"),
        ("console:second", "approval.given", "revoke asked by first"),
        ("console:second", "receipt.revoked", ""),
    ]


async def test_declined_act_under_four_eyes_is_not_carried_out(strict_office):
    office = strict_office
    clerk = await office.sign_in()
    await clerk.post(f"{await open_case(clerk)}/certify", **CERTIFY)
    assert (await clerk.post("approvals/1/approve")).status == 403
    second = await office.sign_in("second", Role.SUPERVISOR)
    await second.get("approvals")
    assert "declined" in (await second.post("approvals/1/decline")).location
    assert await office.audit_entries("certified") == []


async def test_acts_leave_an_intact_audit_trail_without_names(office):
    desk = await office.sign_in(role=Role.SUPERVISOR)
    path = await open_case(desk)
    await submit_act(desk, path, "grant", until="2026-09-30", words="卧床")
    await submit_act(desk, path, "forgive")
    await submit_act(desk, path, "certify", **CERTIFY)
    await submit_act(desk, path, "grant", until="2026-10-31", words="卧床")
    await submit_act(desk, path, "end-grant")
    async with connect(office.parts.engine) as conn:
        found = [one async for one in findings(conn, office.parts.vault)]
    assert found == [f"receipt {one}: no entry in the trail" for one in (RECEIPT, OTHER_RECEIPT)]
    trail = str(await office.audit_entries())
    assert "tries.forgiven" in trail
    assert PERSON.name not in trail
    assert PERSON.number not in trail
