"""Names and numbers beside other words of a card, a form or a sentence."""

from dialogs.reading.reader import read
from dialogs.session import Relation, State
from tests.support.dialog.dialogue import (
    NUMBER,
    reply_text,
    say_with_faq,
    session_at,
)
from tests.support.tables import over

WHO = "李为民"
ADDRESSES = (
    "广东省广州市荔湾区客服路3号",
    "梅州市五华县死马冲第三组",
    "湖南省长沙市岳麓区医院路63号803室",
    "停车场村12号",
    "石桥巷346号12号楼",
    "北京市朝阳区退休路8号3栋2单元501",
    "人民路96号",
    "佛山市顺德区查田镇",
)
WITH_ADDRESS = (
    "{name}，男，汉族，住址{address}，{number}",
    "{name} {number} {address}",
    "{address}，{name}，{number}",
    "我叫{name}，家住{address}，身份证号{number}",
    "姓名：{name}\n民族：汉\n住址：{address}\n公民身份号码：{number}\n联系电话：13800138000",
    "姓名{name}性别男民族汉出生1950年1月1日住址{address}公民身份号码{number}",
    "我叫{name}住{address}身份证{number}",
)
PLACES = (State.HOME, State.GUIDE, State.NAME, State.ID_TYPE, State.NUMBER)


def known_of(taken):
    errand = taken.session.errand
    return next(
        (told.name, told.number)
        for told in (errand.subject, errand.early.own, errand.early.given)
        if told.number or told is errand.early.given
    )


@over(PLACES, WITH_ADDRESS, ADDRESSES)
def test_address_beside_details_is_not_read_as_anything_else(place, form, address):
    taken = say_with_faq(session_at(place, WHO), form.format(name=WHO, number=NUMBER, address=address))
    assert known_of(taken) == (WHO, NUMBER)
    assert "12333，" not in reply_text(taken)


@over(ADDRESSES)
def test_address_beside_a_relatives_details_is_not_read_as_intent(address):
    reading = read(f"我妈叫王琴，家住{address}，身份证{NUMBER}")
    assert (reading.name, reading.number, reading.relation) == ("王琴", NUMBER, Relation.MOTHER)
    assert reading.intent is None


@over(
    [
        ("我在医院，身份证" + NUMBER, "cannot"),
        ("我住院了，身份证" + NUMBER, "cannot"),
        ("我住在三楼下不了床 " + NUMBER, "cannot"),
        ("人工 " + NUMBER, "human"),
        ("联系电话多少 " + NUMBER, "human"),
        ("我爸住在广州，去世了，" + NUMBER, "death"),
    ]
)
def test_intent_beside_a_number_is_read(words, intent):
    assert read(words).intent == intent


@over(
    [
        *("去世了", "上个月去世了", "已去世", "人没了", "已故", "病故", "下不了楼", "找谁", "停发了"),
        *("哪里可以办", "不办了", "不是我", "找人工", "的养老金停了"),
    ],
    ["人民路8号", "石桥村三组", "广东省广州市荔湾区人民路8号", "住五楼", "北京市朝阳区退休路8号3栋2单元501"],
    ["我妈李秀英{n}，住址{a}{w}", "{n} {a}{w}", "我妈住{a}{w}，身份证{n}"],
)
def test_words_after_an_address_are_not_part_of_it(words, address, form):
    with_address = read(form.format(n=NUMBER, a=address, w=words))
    alone = read(form.format(n=NUMBER, a="", w=words))
    assert with_address.intent == alone.intent
    assert with_address.relation == alone.relation


@over(
    ["李为民", "张有为", "吴忠路", "黄石桥", "王要武", "欧阳为国", "阿不都·买买提", "Mark Petrov"],
    [
        "{} {n}",
        "{n} {}",
        "{}，{n}",
        "姓名{}身份证{n}",
        "{} 男 {n}",
        "{} 13800138000 {n}",
        "{}，身份证号码为{n}",
    ],
)
def test_name_beside_a_number_is_read_whole(name, form):
    assert read(form.format(name, n=NUMBER)).name == name


@over(
    [
        ("SMITH, JOHN {}", "SMITH JOHN"),
        ("JOHN SMITH passport no. {}", "JOHN SMITH"),
        ("John Smith, my ID {}", "John Smith"),
        ("This is CHAN TAI MAN, thanks {}", "CHAN TAI MAN"),
        *(("Resident Identity Card {}", None), ("Good Morning {}", None), ("Guangzhou City {}", None)),
        *(("Date Of Birth 1949 {}", None), ("Room 12 Block B {}", None)),
        ("MARY LEE Date Of Birth 1949-12-31 ID {}", "MARY LEE"),
        ("I am Mary Lee, ID card {}, phone 13800138000", "Mary Lee"),
        ("Mary Lee, {}, No. 12 Renmin Road, Guangzhou", "Mary Lee"),
        ("Name Mary Lee Sex F ID {} Address 12 Zhongshan Road Guangzhou", "Mary Lee"),
    ]
)
def test_latin_name_is_found_between_english_words(words, name):
    assert read(words.format(NUMBER)).name == name


@over(["本人Mark Petrov，身份证号", "我是Mark Petrov，身份证号"])
def test_latin_name_is_found_between_chinese_words(lead):
    assert read(lead + NUMBER).name == "Mark Petrov"


@over(["去世了", "停发了", "不办了", "找人工"])
def test_words_after_a_dotted_name_are_not_part_of_it(words):
    assert read(f"阿不都·买买提{words}{NUMBER}").name is None


@over(["男 汉族", "1949年12月31日", "广西桂林市，壮族", "家住石桥村三组", "人民路101号3栋502房"])
def test_words_before_a_dotted_name_are_not_part_of_it(words):
    assert read(f"{words}阿不都·买买提{NUMBER}").name is None


@over([("王芳是{}", "王芳"), ("请帮李四办{}", "李四"), ("王芳的{}", "王芳"), ("王芳是李四{}", None)])
def test_words_around_a_name_are_not_part_of_it(words, name):
    assert read(words.format(NUMBER)).name == name


@over(["帮我妈查结果", "帮我妈查记录", "给我爸何时认证", "帮我妈时间", "给我妈解除"])
def test_request_for_a_relative_is_not_read_as_their_name(words):
    assert read(words).name is None


@over(
    ["林妈存", "陈妈才", "李爱人", "陈阿婆", "王老伴"],
    ["我叫{}，身份证{n}", "姓名：{} 身份证号：{n}", "我叫{}"],
)
def test_name_containing_a_kinship_term_is_read_as_own(name, form):
    reading = read(form.format(name, n=NUMBER))
    assert (reading.name, reading.relation) == (name, None)


@over(["我是她女儿，李秀英，{}", "我是她女儿 李秀英 {}"])
def test_name_apart_from_the_word_daughter_is_not_the_agents(words):
    reading = read(words.format(NUMBER))
    assert (reading.agent_name, reading.name, reading.number) == (None, "李秀英", NUMBER)


@over(
    [
        *("我是欧阳桂兰的儿子陈建国，身份证{}", "我是老人的儿子陈建国，{}"),
        *("我是她女儿陈建国 {}", "我是他孙子陈建国，号码{}"),
    ]
)
def test_number_after_the_child_of_somebody_is_not_the_beneficiarys(words):
    reading = read(words.format(NUMBER))
    assert (reading.agent_name, reading.name, reading.number) == ("陈建国", None, None)


@over(
    ["我是她女儿，号码{}", "我是陈秀英的女儿，她的身份证{}", "我是村里的志愿者，号码{}", "我是她儿子来认证{}"]
)
def test_child_without_a_name_gives_no_agent_name(words):
    assert read(words.format(NUMBER)).agent_name is None
