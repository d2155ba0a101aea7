"""Ages, dates, banks and places where a name is asked for, and names before or after a place."""

from dialogs.reading.reader import read
from dialogs.session import Session, State
from tests.support.dialog.dialogue import FOR_ONESELF, say_with_faq, talk, talk_to_read_back
from tests.support.tables import over


def at_the_name(words):
    return say_with_faq(talk(Session(), *FOR_ONESELF).session, words).session


@over(
    [
        *(
            "八十一了",
            "八十了",
            "今年八十一",
            "虚岁八十",
            "正月",
            "腊月",
            "腊月二十四",
            "农历三月初九",
            "十月",
        ),
        *(
            "属牛",
            "我属牛",
            "农业银行",
            "中国工商银行",
            "信用社",
            "停用",
            "关闭",
            "石桥村三组",
            "新平镇第三组",
        ),
    ]
)
def test_age_date_bank_or_place_is_not_read_as_name(words):
    taken = at_the_name(words)
    assert (taken.state, taken.errand.subject.name) == (State.NAME, "")


@over(
    [
        *(
            "张正月",
            "李腊月",
            "陈初一",
            "马六十",
            "万三十",
            "王八一",
            "张十月",
            "王属牛",
            "钟农历",
            "李银行",
            "冬梅",
        ),
        *("马广州", "张北京", "何长沙", "欧阳广州", "黄山", "海南李", "阿不都·买买提"),
    ]
)
def test_name_with_age_date_or_place_characters_is_accepted(name):
    assert at_the_name(name).errand.subject.name == name
    assert at_the_name(f"我叫{name}").errand.subject.name == name


@over(
    [
        *("广东省广州市荔湾区{}", "广州市荔湾区{}", "湖南长沙{}", "广州的{}", "荔湾区的{}", "五华县{}"),
        *("我是广州的{}", "{}，广东省广州市荔湾区", "{} 湖南长沙", "{}，永居证"),
    ],
    ["陈大文", "李秀英", "欧阳若兰"],
)
def test_name_is_found_beside_a_place(words, name):
    assert at_the_name(words.format(name)).errand.subject.name == name


@over(
    [
        *(
            "今天好热",
            "今天天气好",
            "她不在家",
            "他在睡觉",
            "她睡觉了",
            "光线暗",
            "网络不好",
            "手机没电",
            "收到短信",
        ),
        *(
            "对不起",
            "辛苦了",
            "晚安",
            "加油",
            "随便",
            "都可以",
            "快一点",
            "新年好",
            "填好了",
            "搞定",
            "吃过了",
            "看看",
        ),
        *(
            "去年",
            "下个月",
            "星期三",
            "昨天",
            "春节",
            "几点",
            "几步",
            "多大",
            "孙子",
            "有人",
            "两个人",
            "家属",
            "村长",
        ),
        *(
            "医院",
            "派出所",
            "居委会",
            "公司",
            "工厂",
            "拼音",
            "手写",
            "语音",
            "拍照",
            "截图",
            "二维码",
            "公众号",
            "电脑",
        ),
        *(
            "籍贯",
            "学历",
            "丧偶",
            "已婚",
            "残疾证",
            "补贴",
            "丧葬费",
            "退休了",
            "务农",
            "曾用名",
            "隐私",
            "用护照",
        ),
    ]
)
def test_everyday_word_is_not_read_as_name(words):
    assert at_the_name(words).errand.subject.name == ""


@over(
    [
        *("王拼音", "李星期", "张医院", "陈春节", "辛加油", "安卓", "华为", "来福", "他木合", "今福"),
        *("多吉", "卓玛", "光明", "晚晴", "加央", "春梅", "随缘", "安安", "家富", "手塚"),
    ]
)
def test_name_resembling_an_everyday_word_is_accepted(name):
    assert at_the_name(name).errand.subject.name == name


@over(
    [
        *(
            "页面空白",
            "老人不配合",
            "两种都有",
            "事业单位退休",
            "第一次办",
            "少发了",
            "卡丢了",
            "断网了",
            "屏幕碎了",
            "没wifi",
        ),
        *(
            "三个",
            "人呢",
            "密码忘了",
            "打字太慢",
            "退不出来",
            "关掉",
            "电话没人接",
            "微信版本低",
            "眼镜没带",
            "光线不好",
        ),
    ]
)
def test_complaint_is_not_read_as_name(words):
    taken = say_with_faq(talk(Session(), *FOR_ONESELF).session, words)
    assert taken.session.errand.subject.name == ""


@over(
    [
        "买买提吐尔逊",
        "卓玛",
        "多吉",
        "他木合",
        "乌力吉不浪",
        "阿不都拉",
        "巴特尔",
        "白玛央金",
        "次仁",
        "古丽",
        "艾力",
        "尼玛",
        "尼玛次仁",
        "Anna Page",
        "Angel Price",
    ]
)
def test_minority_name_is_accepted(name):
    taken = say_with_faq(talk(Session(), *FOR_ONESELF).session, name)
    assert taken.session.errand.subject.name == name


@over(
    [
        "名字有生僻字",
        "名字改过",
        "名字改过了",
        "名字太长",
        "姓名是繁体",
        "名字两个字",
        "名字和以前一样",
        "名字很难写",
    ]
)
def test_remark_about_a_name_is_not_read_as_name(words):
    assert read(words).name is None
    before = talk_to_read_back().session
    assert say_with_faq(before, words).session.errand.subject == before.errand.subject


@over(
    [
        "退休的",
        "厂里的",
        "村里的",
        "种地的",
        "单位退的",
        "自己交的",
        "他病了",
        "帮我填",
        "能不能快点",
        "私企退休",
    ]
)
def test_remark_in_place_of_a_name_is_not_read_as_name(words):
    assert at_the_name(words).errand.subject.name == ""


@over(["改兰", "有福", "繁星", "长生", "王有福", "马改过", "简体仁", "易难写"])
def test_introduced_name_is_read_as_name(name):
    assert read(f"名字叫{name}").name == name


@over(["白忙了", "老白，白忙了", "老白白忙了", "累了", "老常常忘了"])
def test_statement_with_an_ending_is_not_read_as_name(words):
    taken = at_the_name(words)
    assert (taken.state, taken.errand.subject.name) == (State.NAME, "")


@over([("周了凡", "周了凡"), ("王知了", "王知了"), ("老白，白光明", "白光明")])
def test_name_with_the_same_character_or_after_an_address_is_read(words, name):
    assert at_the_name(words).errand.subject.name == name
