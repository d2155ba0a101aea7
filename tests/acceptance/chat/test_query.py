"""操作指引 二 2 认证信息查询, 一 访问路径, and what else can be said from anywhere."""

from tests.acceptance.phone import choices, links
from tests.acceptance.world import (
    EMPLOYEE,
    PORTRAIT,
    RESIDENT,
    SELFIE,
    WITHOUT_PHOTO,
    certify_by_face,
    enrol,
    open_link,
)
from tests.support.captures.capture_service import STRANGER


async def query(phone, key, photo):
    """Query the account's own record with a face check."""
    await phone.menu(key)
    await phone.tap("同意并开始办理", "认证信息查询", "查询")
    page = open_link(phone, await phone.tap("确定"))
    await page.agree()
    await page.selfie(photo)
    return await phone.customer_message()


async def test_query_shows_the_record_after_the_face_check(phone):
    await certify_by_face(phone, RESIDENT, "城乡居民")
    record = await query(phone, "QUERY_RESIDENT", SELFIE)
    assert record.startswith("查询结果")
    assert "下次请在" in record
    assert RESIDENT.name not in record


async def test_query_with_a_wrong_face_shows_nothing(phone):
    await certify_by_face(phone, RESIDENT, "城乡居民")
    refused = await query(phone, "QUERY_RESIDENT", STRANGER)
    assert refused.startswith("认证失败")
    assert "下次请在" not in refused


async def test_query_without_any_pass_is_told_there_is_no_record(phone):
    newcomer = await enrol(phone, "欧阳若兰", PORTRAIT)
    await phone.menu("QUERY_EMPLOYEE")
    await phone.tap("同意并开始办理", "认证信息查询")
    await phone.give_details(newcomer)
    await phone.tap("查询")
    page = open_link(phone, await phone.tap("确定"))
    await page.agree()
    await page.selfie(SELFIE)
    assert (await phone.customer_message()).startswith("未查询到认证结果")


async def test_query_for_someone_without_record_or_photo_finds_nothing(phone):
    await phone.menu("QUERY_EMPLOYEE")
    await phone.tap("同意并开始办理", "认证信息查询", "为他人查询")
    await phone.give_details(WITHOUT_PHOTO)
    answer = await phone.tap("查询")
    assert answer.startswith("未查询到认证结果")
    assert not links(answer)


async def test_query_with_unknown_details_finds_nothing_and_gives_no_link(phone):
    await phone.menu("QUERY_RESIDENT")
    await phone.tap("同意并开始办理", "认证信息查询")
    await phone.give_details(EMPLOYEE)
    answer = await phone.tap("查询")
    assert answer.startswith("未查询到认证结果")
    assert not links(answer)


async def test_following_by_qr_code_starts_with_its_scheme(phone, other_phone):
    assert "企业职工养老保险" in await phone.follow("employee:440100")
    assert choices((await phone.messages())[-1]["text"]) == ["同意并开始办理", "返回首页"]
    assert "城乡居民养老保险" in await other_phone.scan("resident")


async def test_unknown_qr_code_and_plain_follow_start_at_home(phone, other_phone):
    home = ["企业职工养老保险", "城乡居民养老保险"]
    assert choices(await phone.follow()) == home
    assert choices(await other_phone.follow("poster-17")) == home


async def test_every_menu_key_is_answered(phone):
    for key in ("CERTIFY_EMPLOYEE", "CERTIFY_RESIDENT", "QUERY_EMPLOYEE", "QUERY_RESIDENT"):
        assert "《用户服务协议》" in await phone.menu(key)
    for key in ("REMINDERS", "HELP"):
        assert choices(await phone.menu(key)) == ["同意并开始办理", "返回首页"], key
    assert "广州市" in choices(await phone.menu("CITY"))
    assert "请选择您领取的待遇" in await phone.menu("HOME")


async def test_help_and_human_service_do_not_lose_the_current_step(phone):
    await phone.say("城乡居民认证")
    await phone.tap("同意并开始办理", "开始办理", "本人办理")
    assert "12333" in await phone.say("帮助")
    assert "12333" in await phone.say("人工服务")
    assert "姓名" in await phone.say("结束人工")
    assert "证件类型" in await phone.say(RESIDENT.name)
    assert "姓名" in await phone.say("上一步")


async def test_voice_media_emoji_and_long_texts_are_answered_with_choices(phone):
    await phone.say("养老认证")
    for kind in ("voice", "image", "video", "location", "link"):
        assert choices(await phone.send(kind))
    for text in ("😀👍", "啊" * 10_000, "]]>", "<a href='x'>y</a>", "9" * 30):
        assert choices(await phone.say(text))
    assert "《用户服务协议》" in await phone.say("1")


async def test_agreement_and_privacy_policy_can_be_opened(phone):
    found = links(await phone.say("企业职工认证"))
    for link, title in zip(found, ("用户服务协议", "隐私政策"), strict=True):
        async with phone.http.get(link) as response:
            assert response.status == 200
            assert title in await response.text()
