"""Free text instead of the expected answer, through the chat of the running service."""

import pytest

from dialogs.rules.identity import mask_name, mask_number
from tests.acceptance.phone import choices
from tests.acceptance.world import EMPLOYEE, walk_to_link

NAME, NUMBER = EMPLOYEE.name, EMPLOYEE.number


async def at_name(phone):
    await phone.say("企业职工认证")
    await phone.tap("同意并开始办理", "开始办理")
    return await phone.tap("本人办理")


@pytest.mark.parametrize(
    "words", ["1、企业职工养老保险", "第一个", "①", "选1", "1️⃣", "头一个", "企业职工养老保险。"]
)
async def test_choice_is_recognised_in_any_wording(phone, words):
    await phone.follow()
    assert "您选的是企业职工养老保险" in await phone.say(words)


@pytest.mark.parametrize(
    "card",
    [
        f"{NAME}，男，1950年1月1日出生，身份证{NUMBER}，住广州市荔湾区",
        f"姓名 {NAME}\n性别 男 民族 汉\n住址 深圳市宝安区1号\n公民身份号码 {NUMBER}",
        f"{NUMBER} {NAME}先生",
    ],
)
async def test_pasted_card_text_is_read_back_masked(phone, card):
    await at_name(phone)
    heard = await phone.say(card)
    assert f"请核对：姓名 {mask_name(NAME)}，居民身份证 {mask_number(NUMBER)}" in heard
    assert "信息已核对" in await phone.tap("下一步")


@pytest.mark.parametrize(
    "typed", [NUMBER.replace("0", "O"), NUMBER.replace("1", "l"), f"\u202d{NUMBER}\u202c"]
)
async def test_letters_typed_for_digits_in_an_id_number_are_corrected(phone, typed):
    await at_name(phone)
    await phone.say(f"我叫{NAME}女士")
    await phone.tap("居民身份证")
    assert mask_number(NUMBER) in await phone.say(typed)


@pytest.mark.parametrize("typed", ["李生", "陈太", "李伯", "Mr Li", "老王", "王老师"])
async def test_form_of_address_prompts_for_the_full_name(phone, typed):
    await at_name(phone)
    assert "证件上的全名" in await phone.say(typed)
    assert "证件类型" in await phone.say(NAME)


@pytest.mark.parametrize("words", ["我想死", "活着没意思", "不想活了", "生無可戀，唔想做人"])
async def test_words_of_despair_get_a_hotline_and_the_human_service(phone, words):
    await at_name(phone)
    heard = await phone.say(words)
    assert "12356" in heard
    assert "人工服务" in choices(heard)
    assert "证件类型" in await phone.say(NAME)


@pytest.mark.parametrize("words", ["我爸走了以后我妈的怎么认", "老伴去世了我还要认证吗"])
async def test_question_of_a_survivor_is_not_taken_as_a_death_report(phone, words):
    await phone.follow()
    heard = await phone.say(words)
    assert "在世的这位照常认证" in heard
    assert "确认上报" not in heard
    assert "请输入去世家人的姓名" in await phone.tap("报告去世")


@pytest.mark.parametrize("words", ["how do I stop reminders", "怎么退订提醒", "教我关掉提醒"])
async def test_question_about_stopping_reminders_does_not_unsubscribe(phone, words):
    await phone.follow()
    heard = await phone.say(words)
    assert {"退订提醒", "Stop reminders"} & set(choices(heard))
    assert "以后不再提醒" not in heard


async def test_unused_link_can_be_replaced(phone):
    await walk_to_link(phone, EMPLOYEE)
    offered = choices((await phone.messages())[-1]["text"])
    assert "换一个链接" in offered
    assert "重新识别" not in offered
    assert "/h5/capture/" in await phone.tap("换一个链接")
