"""Names and numbers copied from cards, given with a title, or typed with letters for digits."""

import re

import pytest

from dialogs.reading.reader import read
from dialogs.session import Session, State
from tests.support.dialog.dialogue import TO_NAME, reply_text, talk
from tests.support.tables import over

NUMBER = "440103195001011238"


def at_name() -> Session:
    return talk(Session(), "企业职工养老保险", *TO_NAME).session


def at_number() -> Session:
    return talk(at_name(), "陈大文", "居民身份证").session


@pytest.mark.parametrize(
    "card",
    [
        f"陈大文，男，1950年1月1日出生，身份证{NUMBER}，住广州市荔湾区",
        f"姓名：陈大文 性别：男 出生：1950年1月1日 住址：广州市荔湾区 公民身份号码：{NUMBER}",
        f"陈大文 男 汉族 1950.1.1 {NUMBER} 广东省深圳市宝安区1号",
        f"我叫陈大文，今年76岁，身份证号码{NUMBER}，家住深圳市",
        "陈大文 44O103195OO1O11238",
    ],
)
def test_copied_card_gives_name_and_number_but_no_city(card):
    session = talk(at_name(), card).session
    subject = session.errand.subject
    assert (session.state, subject.name, subject.number) == (State.READ_BACK, "陈大文", NUMBER)
    assert session.city == ""


@over(
    [
        ("居民身份证", "440103196512012333"),
        ("居民身份证", "440103196301233320"),
        ("居民身份证", "440103194711233359"),
        ("居民身份证", "440103194605123332"),
        ("港澳居民来往内地通行证", "H12333456"),
        ("台湾居民来往大陆通行证", "01233345"),
        ("护照", "E41233345"),
        ("护照", "E12333"),
    ]
)
def test_hotline_digits_within_a_number_do_not_ask_for_a_clerk(kind, number):
    session = talk(at_name(), "陈大文", kind, number).session
    assert (session.state, session.errand.subject.number) == (State.READ_BACK, number)


@over(["12333", "打12333行吗", "020-12333", "拨020 12333问"])
def test_hotline_number_asks_for_a_clerk(words):
    assert "请拨 12333" in reply_text(talk(at_name(), words))


@over(
    [
        ("陈大文先生", "陈大文"),
        ("陈大文 女士", "陈大文"),
        ("陈大文(先生)", "陈大文"),
        ("我叫陈大文同志", "陈大文"),
        ("张三老师", "张三"),
        ("欧阳桂兰阿姨", "欧阳桂兰"),
        ("陳大文師傅", "陳大文"),
        ("买买提·艾力大叔", "买买提·艾力"),
        ("Mr John Smith", "John Smith"),
        ("SMITH,JOHN", "SMITH JOHN"),
        ("陈大文 男 汉族 1950年1月1日", "陈大文"),
        ("陈大文，1950年1月1日出生", "陈大文"),
        ("陈大文，男，1950年生", "陈大文"),
        ("陈大文 今年75岁", "陈大文"),
        ("陈大文 维吾尔族", "陈大文"),
        ("陈大文，联系电话13800138000", "陈大文"),
        ("陈大文 电话：020-81234567", "陈大文"),
        ("陈大文，住广州市荔湾区多宝路1号", "陈大文"),
        ("陈大文 电话13800138000 家住深圳", "陈大文"),
        ("陈大文，地址：佛山市禅城区", "陈大文"),
        ("Mrs. Jane Smith", "Jane Smith"),
        ("SMITH, JOHN", "SMITH JOHN"),
        ("买买提●吐尔逊", "买买提·吐尔逊"),
        ("我叫买买提﹒吐尔逊", "买买提·吐尔逊"),
        ("\ue863明", "䶮明"),
        ("丁老大", "丁老大"),
        ("陈阿婆", "陈阿婆"),
        ("陈大文阿婆", "陈大文"),
        ("欧阳先生明", "欧阳先生明"),
        ("陈大文本人", "陈大文"),
        ("李秀英（女）", "李秀英"),
        ("陈亚男", "陈亚男"),
    ]
)
def test_title_and_other_details_are_cut_from_a_name(typed, name):
    session = talk(at_name(), typed).session
    assert (session.state, session.errand.subject.name) == (State.ID_TYPE, name)


@pytest.mark.parametrize(
    ("card", "name", "number"),
    [
        (f"Chen Dawen, ID {NUMBER}", "Chen Dawen", NUMBER),
        ("JOHN SMITH passport no. E12345678", "JOHN SMITH", "E12345678"),
        ("E12345678 John Smith, passport", "John Smith", "E12345678"),
    ],
)
def test_latin_name_is_found_beside_its_number(card, name, number):
    session = talk(at_name(), card).session
    assert (session.errand.subject.name, session.errand.subject.number) == (name, number)


@pytest.mark.parametrize("said", ["Please Help Me", "MY ID IS", "I Am Fine", "Hong Kong", "Mr Li"])
def test_other_words_beside_a_number_are_not_read_as_name(said):
    assert read(f"{said} {NUMBER}").name is None


ADDRESSES = (
    *("陈先生", "王师傅", "李阿姨", "陳女士", "欧阳女士", "歐陽老師", "我是李先生", "李先生啊", "王老师"),
    *("李医生",),
    *("李生", "陈太", "陳太", "李伯", "李叔", "张姐", "王哥", "陈总", "欧阳生", "我是李生", "我叫陈太"),
    *("李伯伯", "张大爷"),
    *("小李", "老王", "我姓李", "免贵姓欧阳"),
    *("Mr Li", "Mr. Li", "MRS CHAN", "Miss Wong", "Uncle Chan", "Li Sir", "Chan Tai"),
)


@over(ADDRESSES)
def test_form_of_address_is_answered_with_a_request_for_the_full_name(typed):
    taken = talk(at_name(), typed)
    assert (taken.session.state, taken.session.errand.subject.name) == (State.NAME, "")
    assert re.search("全名|full name", reply_text(taken))


@pytest.mark.parametrize(
    "typed", ["李生生", "陈太平", "李伯清", "陈大文生", "王老五", "Li Jianguo", "Chan Tai Man"]
)
def test_name_ending_like_a_form_of_address_is_accepted(typed):
    assert talk(at_name(), typed).session.errand.subject.name == typed


def test_filler_characters_are_not_read_as_name():
    assert talk(at_name(), "ㅤㅤ").session.state is State.NAME


def test_form_of_address_is_not_read_as_name_before_the_question():
    assert read("帮我妈陈太认证").name is None
    assert read("我叫李生，帮我认证").name is None


def test_nickname_is_not_read_as_intent():
    for typed in ("叫我陈太就行", "叫我李生", "喊我王师傅就好"):
        assert read(typed).intent is None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("姓李名先生", "李先生"),
        ("我姓李，名先生。", "李先生"),
        ("姓欧阳，名字叫女士", "欧阳女士"),
        ("姓李名建国啊", "李建国"),
        ("姓李名生", "李生"),
    ],
)
def test_name_that_is_a_title_is_accepted_if_spelled_out(typed, name):
    session = talk(at_name(), typed).session
    assert (session.state, session.errand.subject.name) == (State.ID_TYPE, name)


@pytest.mark.parametrize("typed", ["在东莞退的休", "在佛山退休的"])
def test_place_of_retirement_is_not_read_as_name(typed):
    assert talk(at_name(), typed).session.state is State.NAME


def test_title_of_a_name_beside_a_number_is_cut():
    assert read(f"陈大文先生{NUMBER}").name == read(f"{NUMBER} 陈大文女士").name == "陈大文"


@over(
    [
        ("44O103195OO1O11238", NUMBER),
        ("身份证：440l03I95001011238", NUMBER),
        ("\u200b440103195001011238\u202c", NUMBER),
        ("440103500101123", NUMBER),
        ("我的旧身份证是440103500101123", NUMBER),
        ("一一零一零五一九四九一二三一零零二×", "11010519491231002X"),
        ("11010519491231002，最后一位是大写X", "11010519491231002X"),
        ("11010519491231002尾数埃克斯", "11010519491231002X"),
        ("11010519491231002乘", ""),
        ("44|103195001011238", ""),
        ("今年76岁，440103500101123", ""),
    ]
)
def test_number_is_read_if_check_character_or_length_confirms_it(typed, number):
    assert talk(at_number(), typed).session.errand.subject.number == number
