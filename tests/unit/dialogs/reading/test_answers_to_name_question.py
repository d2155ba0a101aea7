"""Where a name is asked for, sentences and forms of address are not read as one."""

import pytest

from dialogs.effects import Say
from dialogs.flow.step import step
from dialogs.session import Session, State
from messages.inbound import Text
from messages.language.codes import Language
from messages.language.keys import Key
from tests.support.cpu_limit import limited_cpu
from tests.support.dialog.dialogue import FAQ, FOR_ONESELF, FOR_OTHER, NAME, NOW, reply_texts, talk
from tests.support.dialog.states import session_in
from tests.support.tables import over

OWN = FOR_ONESELF
OTHERS = (*FOR_OTHER, NAME, "1", "440103195001010120")
WAYS = {"agent": FOR_OTHER, "own": OWN, "other": OTHERS}
ENGLISH = (
    "I want to certify for my mother",
    "where do I find it",
    "I am not sure",
    "Go back please",
    "No",
    "Nope",
    "I am busy",
    "no thank you",
    "Thank You",
    "Help Me",
    "I do not have it here",
)
CHINESE = (
    *("不知道", "不清楚", "没有", "我妈", "我老公", "爸爸", "找儿子", "那谁", "名字吗", "成了吗", "成了没"),
    *("是我", "是我妈", "同上", "和证件一样", "老人名字", "忘记了"),
    *("重新输入", "发错了", "弄好了", "撤回", "下一部", "然后呢", "咁下一步係點", "算了不弄了"),
    *("好像不对", "眼镜找不到", "打不出来"),
    *("钱停了", "钱断了", "时间到了", "查进度", "查我妈", "何时到", "江门市", "爸爸。"),
)
NAMES = (
    *("丁来办", "陈帮助", "成了", "钱少卿", "何时了", "江门", "查我", "𠮷田三", "𠀀𠀁", "买买提", "那英"),
    *("Chan Tai Man", "Will Smith", "John English", "How Kee", "No Su Min", "MAY CHAN", "Go Kian Ming"),
    *(
        "Siti Aminah",
        "阿卜杜拉·买买提",
        "欧阳娜娜",
        "Grace Helpmann",
        "My Linh Tran",
        "Me Me Khant",
        "Sun Yat-sen",
    ),
)


DENIALS = (
    *("不是陈建国", "不是我妈", "不是我，是我妈", "that is not my number", "nope"),
    *("No, that's not me", "不是的，弄错了"),
)


def keys(taken):
    return [effect.key for effect in taken.effects if isinstance(effect, Say)]


@over(WAYS, ENGLISH + CHINESE)
def test_sentence_is_not_read_as_name(way, words):
    asked = talk(Session(), *WAYS[way]).session
    taken = talk(asked, words)
    told = taken.session.errand
    assert (told.subject.name, taken.session.agent) == ("", asked.agent)
    assert reply_texts(taken)


@over([name for name in NAMES if name != "查我"])
def test_name_resembling_a_sentence_is_accepted(name):
    assert talk(Session(), *OWN, name).session.errand.subject.name == name


@pytest.mark.parametrize("words", ["陈建国好的", "陈建国，好的", "陈建国谢谢", "我叫陈建国好的", "陈建国啊"])
def test_polite_words_after_a_name_are_not_part_of_it(words):
    assert talk(Session(), *OWN, words).session.errand.subject.name == "陈建国"


@pytest.mark.parametrize(
    "words", ["It's Chan Tai Man", "I am Chan Tai Man", "Chan Tai Man please", "This is CHAN TAI MAN, thanks"]
)
def test_name_is_found_in_english_answer(words):
    name = talk(Session(), *OWN, words).session.errand.subject.name
    assert name.title() == "Chan Tai Man"


@pytest.mark.parametrize("words", ["我妈", "爸爸", "我老公"])
def test_relation_in_place_of_a_name_is_answered_with_name_request(words):
    taken = talk(Session(), *OTHERS, words)
    assert keys(taken) == [Key.NAME_OF_RELATIVE]
    assert taken.session.state is State.NAME
    own = talk(Session(), *OWN, words)
    assert keys(own) == [Key.NAME_NOT_RELATIVE]
    assert "为他人办理" in reply_texts(own)[0]


@over(
    ["wo yao renzheng", "Chan Tai Man", "ni hao ma", "wo bu hui nong", "ni you shen me shi"],
    [State.HOME, State.AGREEMENT],
)
def test_pinyin_or_name_does_not_switch_to_english(words, state):
    assert talk(session_in(state), words).session.language is Language.CHINESE


@pytest.mark.parametrize("words", ["I am 80 years old", "what is this thing", "where do I find it"])
def test_english_sentence_switches_language_even_if_not_understood(words):
    assert talk(session_in(State.AGREEMENT), words).session.language is Language.ENGLISH


def test_english_sentence_in_place_of_a_name_switches_language():
    assert talk(session_in(State.NAME), "where do I find it").session.language is Language.ENGLISH


@pytest.mark.parametrize(
    "words", ["Chinese please", "speak Chinese please", "中文", "I do not speak English"]
)
def test_request_for_chinese_in_place_of_a_name_switches_language(words):
    taken = talk(session_in(State.NAME), "English", words)
    assert taken.session.language is Language.CHINESE
    assert taken.session.state is State.NAME


@over(["不", "不是我", "that's wrong", "That is wrong.", "不对", *DENIALS])
def test_denial_at_read_back_asks_for_the_name_again(words):
    taken = talk(session_in(State.READ_BACK), words)
    assert taken.session.state is State.NAME
    assert taken.session.errand.subject.name == ""


@pytest.mark.parametrize(
    "words", ["不对，是陈建华", "不对，我叫陈建华", "错了，是陈建华", "不对是陈建华", "名字是陈建华"]
)
def test_correction_at_read_back_is_read_back_again(words):
    taken = talk(session_in(State.READ_BACK), words)
    assert taken.session.state is State.READ_BACK
    assert taken.session.errand.subject.name == "陈建华"


@pytest.mark.parametrize("words", ["不", "不撤回了", "不撤回", "no", "No.", "算了", "不要了", "no thanks"])
def test_declining_the_withdrawal_returns_home(words):
    taken = talk(Session(), "撤回人脸同意", words)
    assert taken.session.state is State.HOME


@pytest.mark.parametrize("words", ["取消认证", "我不认证了", "不要给我妈认证", "I don't want to certify"])
def test_refusing_certification_starts_no_errand(words):
    taken = talk(Session(), words)
    assert keys(taken) == [Key.LATER]
    assert not taken.session.errand.told


@pytest.mark.parametrize("words", ["我不是本人，我是她女儿", "我是陈秀英的女儿", "不是我本人，帮别人弄的"])
def test_helper_at_own_name_question_is_shown_the_way_for_others(words):
    assert keys(talk(Session(), *OWN, words)) == [Key.NAME_NOT_RELATIVE]


THINGS = (
    *("身份证", "护照", "護照", "证件号码", "号码", "手机", "养老金", "停止", "退休工人"),
    *("七十五", "八十岁", "一九五零年", "一九五〇年三月八号", "五零年", "三月初八", "五零后", "身份证。"),
)
STREETS = ("广东省广州市荔湾区中山七路", "北京市朝阳区建国路", "广州市荔湾区中山七路十二号")
PAIRS = (
    *("李四和王五", "李四跟王五", "张大文与李秀英", "李四同王五", "欧阳娜娜和司马光", "胡停生和许九永"),
    *("张三李四", "王桂兰李秀英", "陈建国 王秀英", "张伟王芳", "張偉 王芳", "王桂兰、李秀英", "陈强李秀英"),
    "张伟，林芳",
)
RARE = (
    *("和珅", "和平", "和大明", "陈和平", "李和", "司马和", "欧阳和平", "张与归", "李跟柱", "同心"),
    *("陈同意", "钟年", "万年", "万七", "七万", "手冢治", "丁一", "王十", "张十五", "李五零", "石三"),
    *("年广九", "古丽和加", "沙马石布", "陈方安生", "范徐丽泰", "李张秀英", "高山流水", "吉克隽逸"),
    *("王开始", "张手机", "陈养老", "李身份", "王延安路", "阿和木江", "百里和", "及时雨"),
    *("王德林国", "张永林文", "王玉梁文"),
)


@over(["agent", "own", "other"], THINGS)
def test_everyday_word_age_or_date_is_answered_as_wrong_name(way, words):
    asked = talk(Session(), *WAYS[way]).session
    taken = step(asked, Text(words), NOW, FAQ)
    assert keys(taken) == [Key.WRONG_NAME]
    assert (taken.session.state, taken.session.agent) == (asked.state, asked.agent)


@pytest.mark.parametrize("words", STREETS)
def test_full_address_is_not_read_as_name(words):
    assert keys(talk(session_in(State.NAME), words)) == [Key.NAME_IS_PLACE]


@pytest.mark.parametrize("words", PAIRS)
def test_two_names_are_answered_with_a_request_for_one(words):
    taken = step(session_in(State.NAME), Text(words), NOW, FAQ)
    assert keys(taken) == [Key.ONE_NAME]
    assert "一位" in reply_texts(taken)[0]


@over(RARE)
def test_name_with_number_date_or_conjunction_characters_is_accepted(name):
    assert talk(session_in(State.NAME), name).session.errand.subject.name == name


@over(["陈大文 身份证", "陈大文  １", "陈大文，护照", "陈大文 港澳通行证", "陳大文 身份證"])
def test_id_type_or_choice_beside_a_name_is_not_part_of_it(words):
    taken = talk(session_in(State.NAME), words)
    assert taken.session.errand.subject.name == words[:3]
    assert taken.session.state is State.ID_TYPE


@pytest.mark.parametrize("words", ["陈大文 身份证，我爸去世了", "陈大文 我爸去世了", "身份证 我爸去世了"])
def test_death_report_beside_name_or_id_type_is_recognised(words):
    assert keys(talk(session_in(State.NAME), words)) == [Key.NAME_OF_DEAD]


def test_long_repetition_in_place_of_a_name_is_read_in_bounded_time():
    with limited_cpu():
        for part in ("区", "村", "路", "广东区", "和李四", "七十"):
            talk(session_in(State.NAME), "广东" + part * 1000 + "x")
            talk(session_in(State.NAME), part * 1000)
        for part in (" 住aa 男", " 住aa 1", " 住aaaa 身份证", ",住aa", " 1", " 身份证", "不是我,"):
            talk(session_in(State.NAME), "陈大文" + part * 300 + ",x")
            talk(session_in(State.ID_TYPE), "陈大文" + part * 300 + ",我叫陈建华x")
        talk(session_in(State.NAME), "陈大文" + "王五不是我" * 300 + ",x")


@over(
    [
        *("老陈 陈大文", "老陈，陈大文", "老陈陈大文", "陈师傅 陈大文", "陈大爷，陈大文", "我是老陈，陈大文"),
        *("老陈头陈大文", "陈工 陈大文"),
    ]
)
def test_form_of_address_before_the_full_name_is_left_out(words):
    assert talk(Session(), *OWN, words).session.errand.subject.name == "陈大文"


@over(["老陈，李大文", "老陈", "陈师傅", "我姓陈耳东陈", "母亲大人", "父亲大人", "农保", "新农保"])
def test_form_of_address_alone_or_a_pension_is_no_name(words):
    assert talk(Session(), *OWN, words).session.errand.subject.name == ""


@over(["买买提买买提", "吐尔逊吐尔逊", "玉素甫玉素甫"])
def test_name_that_repeats_itself_is_taken(words):
    assert talk(Session(), *OWN, words).session.errand.subject.name == words


@over(["我妈", "爸爸", "母亲大人"])
def test_helper_who_names_a_relation_is_told_that_their_own_name_is_asked_for(words):
    taken = talk(Session(), *FOR_OTHER, words)
    assert keys(taken) == [Key.AGENT_NOT_RELATIVE]
    assert taken.session.state is State.AGENT_NAME


@over(["是我妈", "对是我爸"])
def test_relation_with_is_in_place_of_a_name_is_answered_with_name_request(words):
    assert keys(talk(Session(), *OTHERS, words)) == [Key.NAME_OF_RELATIVE]
