"""Questions in the chat get their own answer, not the start page, general help or "not understood"."""

import pytest

from tests.acceptance.phone import choices
from tests.acceptance.world import EMPLOYEE

LIGHT, OLD_CARD, EARLY = "擦擦镜头", "到派出所换新的", "早办不吃亏"
PHOTOS, GLASSES, ONE_PHONE = "比对完马上删掉", "平常戴的眼镜可以戴着", "一个微信能给几位家人办"
OTHER_SCHEME, ALLOWANCE = "请问原单位", "归民政部门管"
LATE, COUNTER = "现在补上就行", "社保卡的银行网点"

QUESTIONS = {
    LIGHT: (
        "人脸识别总是失败",
        "刷脸老是不过怎么办",
        "人臉識別成日失敗",
        "我妈刷了好几次都不成功",
        "认证失败怎么办",
    ),
    OLD_CARD: ("身份证过期了", "我的身份证到期了还能认证吗", "身份證過期咗點算", "证件过期能不能刷"),
    EARLY: ("可以提前认证吗", "能不能早点认证", "可唔可以提前認證", "还没到期可以先认证吗"),
    PHOTOS: ("你们保存我的照片吗", "我的照片会留着吗", "你哋會唔會保存我嘅相", "刷脸的照片删不删"),
    GLASSES: ("戴眼镜可以吗", "要不要摘眼镜", "戴眼鏡得唔得", "老花镜要摘吗"),
    ONE_PHONE: (
        "夫妻两个能用一个微信吗",
        "老两口用一部手机行吗",
        "兩公婆可唔可以用一個微信",
        "一个手机可以给几个人认证",
    ),
    OTHER_SCHEME: ("机关事业单位", "机关事业单位退休的怎么认证", "我是退休公务员", "事業單位退休點認證"),
    ALLOWANCE: ("高龄津贴认证", "高齡津貼喺邊度認證", "老年补贴怎么领", "低保在这里认证吗"),
    LATE: ("逾期了怎么办", "认证过期了怎么办", "过期没认证怎么办", "過咗期點算", "忘记认证了怎么办"),
    COUNTER: ("哪里可以现场办", "在哪里可以现场认证", "邊度可以現場辦", "可以去社区办吗"),
    "防止冒领": ("可以用照片认证吗",),
    "不收钱": ("认证要钱吗",),
    "中国领事": ("我在国外怎么认证",),
    "陌生短信里的链接别点": ("我收到短信说不认证就停发是不是骗人的",),
    "不是真人": ("你是机器人吗",),
}
ROWS = [(words, answer) for answer, group in QUESTIONS.items() for words in group]
ENGLISH = {
    "Can I keep my glasses on?": "Your everyday glasses can stay on",
    "My ID card has expired, can I still do it?": "the number stays the same",
    "Where can I do it in person?": "Take your ID to",
    "Is it possible to do it early?": "whenever it suits you",
    "How do I stop reminders?": 'Reply "Stop reminders"',
}


@pytest.mark.parametrize(("words", "answer"), ROWS, ids=[words for words, _ in ROWS])
async def test_question_gets_its_own_answer(phone, words, answer):
    heard = await phone.say(words)
    assert answer in heard
    assert {"企业职工养老保险", "城乡居民养老保险"} <= set(choices(heard))


@pytest.mark.parametrize(("words", "answer"), ENGLISH.items())
async def test_question_in_english_gets_its_own_answer(phone, words, answer):
    heard = await phone.say(words)
    assert answer in heard
    assert {"Employee pension", "Resident pension"} <= set(choices(heard))


@pytest.mark.parametrize("words", ["把我的信息删了", "请删除我的资料", "幫我刪除我嘅資料"])
async def test_request_to_delete_data_leads_to_the_withdrawal_choice(phone, words):
    assert "确认撤回" in choices(await phone.say(words))


async def test_question_during_data_entry_does_not_lose_the_current_step(phone):
    await phone.say("企业职工认证")
    await phone.tap("同意并开始办理", "开始办理", "本人办理")
    heard = await phone.say("戴眼镜可以吗")
    assert GLASSES in heard
    assert heard.index(GLASSES) < heard.index("请输入您的姓名")
    assert "证件类型" in await phone.say(EMPLOYEE.name)
    await phone.tap(EMPLOYEE.id_type)
    heard = await phone.say("身份证过期了怎么办")
    assert OLD_CARD in heard
    assert "请输入居民身份证的证件号码" in heard
    assert EMPLOYEE.number[-4:] in await phone.say(EMPLOYEE.number)


async def test_choice_offered_with_an_answer_starts_the_dialog(phone):
    heard = await phone.say("没有智能手机怎么办")
    offered = choices(heard)
    assert "为他人办理" in offered
    heard = await phone.say(str(offered.index("为他人办理") + 1))
    assert "为您的家人办理" in heard
