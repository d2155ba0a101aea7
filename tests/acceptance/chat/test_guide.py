"""The operating guide (操作指引), section by section: each test is named after its section."""

import re

from tests.acceptance.phone import choices, links
from tests.acceptance.world import (
    DIFFERING,
    EMPLOYEE,
    RESIDENT,
    TERMINATED,
    WITHOUT_PHOTO,
    certify_by_face,
    enrol_newcomer,
    open_link,
    show_right_face,
    show_wrong_face,
    walk_to_link,
    walk_to_notice,
)

GUIDE = ("同意并开始办理", "开始办理")


async def test_1_method_1_scanned_code_opens_its_scheme(phone):
    agreement = await phone.follow("resident:440300")
    assert "您选的是城乡居民养老保险" in agreement
    assert "《用户服务协议》" in agreement
    assert "《隐私政策》" in agreement
    assert "深圳市" in await phone.tap("同意并开始办理")
    assert "企业职工养老保险" in await phone.scan("employee")


async def test_1_method_2_city_is_switched_and_scheme_chosen(phone):
    welcome = await phone.follow()
    assert choices(welcome) == ["企业职工养老保险", "城乡居民养老保险"]
    assert "拼音首字母" in await phone.menu("CITY")
    assert "佛山市" in await phone.say("fs")
    ways = await phone.say("帮助")
    assert "佛山市社保经办机构" in ways
    assert "或拨 0757-12333" in ways
    agreement = await phone.say("养老资格认证") and await phone.say("企业职工领取养老保险待遇资格认证")
    assert choices(agreement) == ["同意并开始办理", "返回首页"]


async def test_2_1_1_guide_is_shown_before_any_question(phone):
    await phone.menu("CERTIFY_EMPLOYEE")
    guide = await phone.tap("同意并开始办理")
    assert guide.startswith("办事指南")
    assert choices(guide) == ["开始办理", "认证信息查询"]


async def test_2_1_2_manner_is_chosen(phone):
    await phone.menu("CERTIFY_RESIDENT")
    assert choices(await phone.tap(*GUIDE)) == ["本人办理", "为他人办理"]


async def test_2_1_3_own_details_are_read_back_before_the_next_step(phone):
    await phone.menu("CERTIFY_EMPLOYEE")
    await phone.tap(*GUIDE, "本人办理")
    read_back = await phone.give_details(EMPLOYEE)
    assert choices(read_back) == ["下一步", "修改"]
    assert "姓名" in await phone.tap("修改")


async def test_2_1_3_agent_certifies_a_relative_who_is_remembered_masked(phone):
    await phone.menu("CERTIFY_EMPLOYEE")
    await phone.tap(*GUIDE, "为他人办理")
    await phone.give_details(RESIDENT)
    await phone.give_details(EMPLOYEE)
    notice = await phone.tap("下一步")
    assert choices(notice) == ["确定", "转给家人", "返回首页"]
    page = open_link(phone, await phone.tap("确定"))
    await show_right_face(page)
    assert (await phone.customer_message()).startswith("认证成功")
    await phone.say("返回首页")
    await phone.menu("CERTIFY_EMPLOYEE")
    relatives = await phone.tap(*GUIDE, "为他人办理")
    assert EMPLOYEE.name not in relatives
    assert choices(relatives)[0].startswith(EMPLOYEE.name[0])
    assert choices(await phone.say("1")) == ["下一步", "修改"]


async def test_2_1_4_matching_details_lead_to_the_face_check(phone):
    notice = await walk_to_notice(phone, RESIDENT, "城乡居民")
    assert "本人刷脸" in notice
    assert choices(notice) == ["确定", "返回首页"]


async def test_2_1_4_differing_details_are_refused_in_the_guide_s_words(phone):
    refused = await walk_to_notice(phone, DIFFERING)
    assert refused.startswith("当前人员信息与社保系统信息不匹配，请核对重新录入")
    assert choices(refused) == ["修改", "人工服务", "返回首页"]


async def test_2_1_4_ended_benefit_is_refused_in_the_guide_s_words(phone):
    refused = await walk_to_notice(phone, TERMINATED)
    assert refused.startswith("待遇状态异常，请联系待遇领取地社保经办机构核实")
    assert "020-12333" in refused


async def test_2_1_5_missing_template_is_reported_before_the_camera(phone):
    refused = await walk_to_notice(phone, WITHOUT_PHOTO)
    assert refused.startswith("原因说明：人脸模型信息不匹配")
    assert "不算失败" in refused
    assert not links(refused)


async def test_2_1_5_passed_face_check_shows_success(phone):
    result = await certify_by_face(phone, RESIDENT, "城乡居民")
    assert result.startswith("认证成功")
    assert choices(result) == ["订阅提醒", "返回首页"]
    asked = await phone.say("算数吗")
    assert asked.startswith("算数。")
    assert re.search(r"\w{4}-\w{4}", result)[0] in asked


async def test_2_1_5_failed_face_check_offers_retry_and_home(phone):
    page = await walk_to_link(phone, EMPLOYEE)
    await show_wrong_face(page)
    failed = await phone.customer_message()
    assert failed.startswith("认证失败")
    assert "原因说明：人脸模型信息不匹配" in failed
    causes = ("光线太暗", "没按提示", "没对准摄像头", "距离太远", "缺少人脸模型信息")
    assert all(cause in failed for cause in causes)
    assert choices(failed) == ["重新识别", "返回首页"]
    await show_right_face(open_link(phone, await phone.tap("重新识别")))
    assert (await phone.customer_message()).startswith("认证成功")


async def test_2_2_1_own_employee_record_is_shown_to_a_bound_account(phone):
    await certify_by_face(phone, EMPLOYEE)
    await phone.menu("QUERY_EMPLOYEE")
    record = await phone.tap("同意并开始办理", "认证信息查询")
    assert record.startswith("查询结果")
    assert re.search(r"还有 \d+ 天", record)
    assert choices(record) == ["为他人查询", "返回首页"]


async def test_2_2_1_employee_record_of_another_needs_their_face_check(phone):
    await certify_by_face(phone, EMPLOYEE)
    newcomer = await enrol_newcomer(phone, "欧阳若兰")
    await phone.menu("QUERY_EMPLOYEE")
    await phone.tap("同意并开始办理", "认证信息查询", "为他人查询")
    await phone.give_details(newcomer)
    notice = await phone.tap("查询")
    assert newcomer.name not in notice
    page = open_link(phone, await phone.tap("确定"))
    await show_right_face(page)
    assert (await phone.customer_message()).startswith("未查询到认证结果")


async def test_2_2_2_own_resident_record_is_shown_after_a_face_check(phone):
    await certify_by_face(phone, RESIDENT, "城乡居民")
    await phone.say("城乡居民基本养老保险生存认证信息查询")
    await phone.tap("同意并开始办理")
    await phone.say("城乡居民基本养老保险生存认证信息查询")
    await phone.tap("查询")
    await show_right_face(open_link(phone, await phone.tap("确定")))
    assert (await phone.customer_message()).startswith("查询结果")
