"""Every sentence exists, and those prescribed by the contract match it word for word."""

import pytest

from dialogs.values import CaptureOutcome, CaptureReason, Scheme
from messages.catalogue.lookup import MEDIA_KEYS, legal_text_of
from messages.catalogue.phrases import SCHEME_NAMES, capture_message
from messages.faq import SHIPPED
from messages.inbound import MediaKind
from messages.language.codes import DEFAULT, Language
from messages.language.keys import Key
from messages.language.labels import Label, MenuKey
from messages.zh.chat import TEXTS
from tests.support.tables import over

EVERYTHING = "\n".join(TEXTS.values())


@pytest.mark.parametrize(
    "words",
    [
        "当前人员信息与社保系统信息不匹配，请核对重新录入",
        "待遇状态异常，请联系待遇领取地社保经办机构核实",
        "原因说明：人脸模型信息不匹配",
        "系统繁忙，请稍后再试。",
        "未查询到认证结果",
        "认证成功",
        "认证失败",
        "正在核验",
    ],
)
def test_wording_from_contract_appears_verbatim(words):
    assert words in EVERYTHING


@pytest.mark.parametrize("document", ["《用户服务协议》", "《隐私政策》"])
def test_agreement_links_both_legal_texts(document):
    assert f'">{document}</a>' in TEXTS[Key.AGREEMENT]


def test_every_key_has_text_and_every_media_kind_and_scheme_a_name():
    assert set(TEXTS) == set(Key)
    assert all(text.strip() for text in TEXTS.values())
    assert set(MEDIA_KEYS) == set(MediaKind)
    assert set(SCHEME_NAMES) == {scheme.value for scheme in Scheme}


@pytest.mark.parametrize("key", [Key.GUIDE, Key.NOTICE, Key.NOTICE_FOR_OTHER, Key.FAILED_MISMATCH])
def test_texts_before_and_after_face_check_offer_alternatives(key):
    assert "12333" in TEXTS[key]
    assert "预约上门" in TEXTS[key]


@pytest.mark.parametrize("key", [Key.FAILED_MISMATCH, Key.MISMATCH, Key.ABNORMAL, Key.NO_REFERENCE, Key.BUSY])
def test_bad_news_has_no_exclamation_mark(key):
    assert "！" not in TEXTS[key]


_ASKING = {
    "姓名": (Key.NAME, Key.AGENT_NAME, Key.NAME_AFTER_AGENT, Key.NAME_OF_OTHER, Key.WRONG_NAME),
    "证件类型": (Key.ID_TYPE, Key.AGENT_ID_TYPE, Key.WRONG_ID_TYPE),
    "证件号码": (
        *(Key.NUMBER, Key.NUMBER_18, Key.AGENT_NUMBER, Key.WRONG_NUMBER, Key.FORGOT_NUMBER),
        *(Key.FORGOT_NUMBER_OF_ID, Key.NUMBER_LENGTH, Key.NUMBER_SHORT, Key.NUMBER_SHORT_OF_PASSPORT),
    ),
}


@over([(asked, key) for asked, keys in _ASKING.items() for key in keys])
def test_question_names_what_is_asked_and_nothing_else(asked, key):
    assert [word for word in _ASKING if word in TEXTS[key]] == [asked]


def test_read_back_asks_for_no_number_of_the_agent():
    assert "证件号码" not in TEXTS[Key.READ_BACK_BY_AGENT]


def test_labels_from_contract_exist():
    labels = (
        "同意并开始办理 开始办理 本人办理 为他人办理 下一步 确定 修改 重新识别 返回首页 认证信息查询 "
        "为他人查询 查询 上一步 帮助 人工服务 退订提醒 订阅提醒 转给家人"
    )
    assert set(labels.split()) <= set(Label)


def test_menu_keys_from_contract_exist():
    names = "CERTIFY_EMPLOYEE CERTIFY_RESIDENT QUERY_EMPLOYEE QUERY_RESIDENT CITY REMINDERS HELP HOME"
    assert {key.value for key in MenuKey} >= set(names.split())


@over(CaptureReason)
def test_every_failed_capture_is_told_in_contract_wording(reason):
    refused = capture_message(CaptureOutcome.FAILED, reason).spoken(DEFAULT)
    assert "认证失败" in refused
    assert "原因说明：人脸模型信息不匹配" in refused


def test_busy_capture_is_answered_in_contract_wording():
    assert (
        capture_message(CaptureOutcome.UNAVAILABLE, CaptureReason.BUSY).spoken(DEFAULT)
        == "系统繁忙，请稍后再试。"
    )


# ---- texts that say which pensions are certified here

_SHARED = "养老保险"
"""The common ending of the Chinese names, which a list of them contains only once."""

QUESTIONS = {
    Language.CHINESE: "机关事业单位退休的在这里认证吗",
    Language.ENGLISH: "I am a retired civil servant",
}


def _answer(language):
    (answer,) = [entry.answer for entry in SHIPPED if entry.question == QUESTIONS[language]]
    return answer


def _agreement(language):
    return repr(legal_text_of("agreement", language))


@pytest.mark.parametrize(
    ("text", "language"),
    [*((_answer, language) for language in QUESTIONS), *((_agreement, language) for language in Language)],
)
def test_text_listing_pensions_names_every_scheme(text, language):
    names = [name.spoken(language).removesuffix(_SHARED) for name in SCHEME_NAMES.values()]
    assert [name for name in names if name not in text(language)] == []
