"""操作指引 二 1 办理资格认证: from the first word to 认证成功 or 认证失败."""

import re

import pytest

from tests.acceptance.phone import choices, links
from tests.acceptance.world import (
    DIFFERING,
    EMPLOYEE,
    RESIDENT,
    SCHEMES,
    SELFIE,
    TERMINATED,
    WITHOUT_PHOTO,
    Person,
    certify_by_face,
    open_link,
    portrait_film,
    walk_to_link,
    walk_to_notice,
)
from tests.support.captures.capture_service import STRANGER


@pytest.mark.parametrize("scheme", ["employee", "resident"])
async def test_certification_follows_the_order_of_the_guide(phone, scheme):
    person, words = SCHEMES[scheme]
    await phone.follow()
    agreement = await phone.menu(f"CERTIFY_{scheme.upper()}")
    assert "《用户服务协议》" in agreement
    assert "《隐私政策》" in agreement
    assert len(links(agreement)) == 2
    guide = await phone.tap("同意并开始办理")
    assert choices(guide) == ["开始办理", "认证信息查询"]
    assert choices(await phone.tap("开始办理")) == ["本人办理", "为他人办理"]
    await phone.tap("本人办理")
    read_back = await phone.give_details(person)
    assert person.number not in read_back
    assert person.name not in read_back
    assert person.number[:4] in read_back
    assert choices(read_back) == ["下一步", "修改"]
    notice = await phone.tap("下一步")
    assert "本人刷脸" in notice
    assert choices(notice) == ["确定", "返回首页"]
    page = open_link(phone, await phone.tap("确定"))
    assert (await page.agree()).status == 200
    answer = await page.selfie(SELFIE)
    assert (answer.status, answer.outcome, answer.reason) == (200, "passed", "ok")
    result = await phone.customer_message()
    assert result.startswith("认证成功")
    assert words in result
    assert re.search(r"\d{4}年\d{1,2}月\d{1,2}日 \d{2}:\d{2}", result)
    assert re.search(r"下次请在 \d{4}年\d{1,2}月\d{1,2}日", result)
    assert re.search(r"回执号 \w{4}-\w{4}", result)


async def test_numbers_and_full_width_digits_work_like_tapping(phone):
    await phone.say("养老认证")
    for number in ("1", "１", "1", "1"):
        await phone.say(number)
    await phone.say(EMPLOYEE.name)
    await phone.say("1")
    full_width = EMPLOYEE.number.translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})
    assert EMPLOYEE.number[-4:] in await phone.say(full_width)
    assert "本人刷脸" in await phone.say("1")


async def test_card_text_in_another_spelling_is_certified_as_registered(phone):
    await phone.say("企业职工认证")
    await phone.tap("同意并开始办理", "开始办理", "本人办理")
    number = EMPLOYEE.number.replace("0", "O")
    card = f"{EMPLOYEE.name.replace('华', '華')}女士，女，1950年1月1日出生，身份证{number}，住广州市荔湾区"
    assert EMPLOYEE.number[-4:] in await phone.say(card)
    assert "本人刷脸" in await phone.tap("下一步")
    page = open_link(phone, await phone.tap("确定"))
    await page.agree()
    assert (await page.selfie(SELFIE)).outcome == "passed"
    assert (await phone.customer_message()).startswith("认证成功")


async def test_receipt_opens_and_shows_no_full_name_or_number(phone):
    result = await certify_by_face(phone, EMPLOYEE)
    (receipt,) = links(result)
    async with phone.http.get(receipt) as response:
        page = await response.text()
    assert response.status == 200
    assert re.search(r"回执号 (\w{4}-\w{4})", result)[1] in page
    assert EMPLOYEE.name not in page
    assert EMPLOYEE.number not in page


async def test_video_passes(phone, tmp_path):
    page = await walk_to_link(phone, RESIDENT, "城乡居民")
    await page.agree()
    assert (await page.video(portrait_film(tmp_path / "clip.mp4"))).outcome == "passed"
    assert (await phone.customer_message()).startswith("认证成功")


async def test_wrong_face_fails_and_the_right_one_then_passes(phone):
    page = await walk_to_link(phone, EMPLOYEE)
    await page.agree()
    answer = await page.selfie(STRANGER)
    assert (answer.outcome, answer.reason) == ("failed", "mismatch")
    assert "原因说明：人脸模型信息不匹配" in answer.message
    failed = await phone.customer_message()
    assert failed.startswith("认证失败")
    assert "原因说明：人脸模型信息不匹配" in failed
    assert "光线太暗" in failed
    assert choices(failed) == ["重新识别", "返回首页"]
    again = open_link(phone, await phone.tap("重新识别"))
    assert again.url != page.url
    await again.agree()
    assert (await again.selfie(SELFIE)).outcome == "passed"
    assert (await phone.customer_message()).startswith("认证成功")


async def test_third_failure_names_alternatives(phone):
    page = await walk_to_link(phone, EMPLOYEE)
    for attempt in range(3):
        await page.agree()
        assert (await page.selfie(STRANGER)).outcome == "failed"
        failed = await phone.customer_message()
        if attempt < 2:
            page = open_link(phone, await phone.tap("重新识别"))
    assert "原因说明：人脸模型信息不匹配" in failed
    assert "12333" in failed
    assert "不会因为今天没刷成而改变" in failed


async def test_person_can_return_home_after_a_failure(phone):
    page = await walk_to_link(phone, EMPLOYEE)
    await page.agree()
    await page.selfie(STRANGER)
    await phone.customer_message()
    assert choices(await phone.tap("返回首页")) == ["企业职工养老保险", "城乡居民养老保险", "继续办理"]


async def test_wrong_name_unknown_number_and_wrong_scheme_get_the_same_answer(phone):
    unknown = Person("林月华", "居民身份证", "11010519491231002X")
    differing = await walk_to_notice(phone, DIFFERING)
    assert differing.startswith("当前人员信息与社保系统信息不匹配，请核对重新录入")
    assert "社保经办机构" in differing
    assert not links(differing)
    assert await walk_to_notice(phone, unknown) == differing
    assert await walk_to_notice(phone, EMPLOYEE, "城乡居民") == differing
    assert "姓名" in await phone.tap("修改")


async def test_terminated_benefit_is_revealed_only_with_matching_details(phone):
    abnormal = await walk_to_notice(phone, TERMINATED)
    assert abnormal.startswith("待遇状态异常，请联系待遇领取地社保经办机构核实")
    assert "社保经办机构" in abnormal.split("\n", 1)[1]
    wrong_name = Person(EMPLOYEE.name, TERMINATED.id_type, TERMINATED.number)
    refused = await walk_to_notice(phone, wrong_name)
    assert refused.startswith("当前人员信息与社保系统信息不匹配，请核对重新录入")


async def test_person_without_an_enrolled_photo_gets_no_link(phone):
    told = await walk_to_notice(phone, WITHOUT_PHOTO)
    assert "缺少人脸" in told or "还没有" in told
    assert "社保经办机构" in told
    assert not links(told)
    assert "确定" not in choices(told)
    assert not links(await phone.say("确定"))


async def test_known_person_only_confirms_the_details(phone):
    await certify_by_face(phone, EMPLOYEE)
    await phone.menu("CERTIFY_EMPLOYEE")
    read_back = await phone.tap("同意并开始办理", "开始办理", "本人办理")
    assert choices(read_back) == ["下一步", "修改"]
    assert EMPLOYEE.number[-4:] in read_back
    await phone.tap("下一步")
    page = open_link(phone, await phone.tap("确定"))
    await page.agree()
    assert (await page.selfie(SELFIE)).outcome == "passed"


async def test_failed_face_check_does_not_bind_the_account(phone):
    page = await walk_to_link(phone, EMPLOYEE)
    await page.agree()
    await page.selfie(STRANGER)
    await phone.customer_message()
    await phone.menu("CERTIFY_EMPLOYEE")
    assert "姓名" in await phone.tap("同意并开始办理", "开始办理", "本人办理")


async def test_invalid_id_number_is_asked_for_again(phone):
    await phone.say("企业职工认证")
    await phone.tap("同意并开始办理", "开始办理", "本人办理")
    await phone.say(EMPLOYEE.name)
    await phone.tap("居民身份证")
    assert "重新输入" in await phone.say("440103195001010121")
    assert choices(await phone.say(EMPLOYEE.number)) == ["下一步", "修改"]


async def test_agent_details_are_asked_only_once(phone):
    agent = Person("黄小明", "居民身份证", "440524188001010014")
    await phone.say("城乡居民认证")
    first = await phone.tap("同意并开始办理", "开始办理", "为他人办理")
    assert "代办人" in first
    assert "领取人" in await phone.give_details(agent)
    await phone.give_details(RESIDENT)
    assert "待遇领取人" in await phone.tap("下一步")
    page = open_link(phone, await phone.tap("确定"))
    await page.agree()
    assert (await page.selfie(SELFIE)).outcome == "passed"
    assert (await phone.customer_message()).startswith("认证成功")
    await phone.menu("CERTIFY_RESIDENT")
    again = await phone.tap("同意并开始办理", "开始办理", "为他人办理")
    assert "领取人的姓名" in again
