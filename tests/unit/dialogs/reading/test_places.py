"""Where a name is asked for, a place is not one; whatever may be a person's name is accepted."""

import pytest

from dialogs.reading.lexicon.place_names import PREFECTURES, PROVINCES
from dialogs.reading.normalize import plain
from dialogs.reading.places import is_doubtful_place, is_place
from dialogs.session import State
from messages.language.codes import Language
from tests.support.dialog.dialogue import reply_text, talk
from tests.support.dialog.states import session_in
from tests.support.tables import over

ASKED = (State.NAME, State.AGENT_NAME)
PLACES = (
    *("广州", "廣州", "北京市", "湖南长沙", "广东省广州市", "天河区", "上海", "深圳", "我是湖南的", "湖南人"),
    *(
        "湖南省长沙市岳麓区",
        "呼和浩特",
        "内蒙古",
        "广西壮族自治区",
        "佛山",
        "佛山市南海区",
        "江门市",
        "白云区",
    ),
    *("延边朝鲜族自治州", "Guangzhou", "guangzhou", "Beijing", "中国香港", "江西南昌", "广州人"),
)
NAMES = (
    *("马广州", "张北京", "王上海", "李长沙", "周深圳", "陈香港", "刘中国", "欧阳广州", "司马北京"),
    *("买买提·艾力", "买买提", "阿卜杜拉", "扎西顿珠", "那英", "乌力吉", "古丽娜尔", "海来阿木", "玛依拉"),
    *(
        "陈大文",
        "欧阳娜娜",
        "诸葛亮",
        "段小红",
        "常香玉",
        "毛阿敏",
        "广大海",
        "区桂芳",
        "李镇",
        "王村",
        "李省",
    ),
    *("州桂兰", "石景山河", "Zhao Qing", "Sun Yat-sen", "John Paris"),
)
IN_DOUBT = (
    *("江门", "黄山", "云南", "江西", "海南", "金华", "吉安", "安康", "南京", "温州", "惠州", "梅州", "平凉"),
    *("阿坝", "阿里"),
)


@over(ASKED, PLACES)
def test_place_is_not_read_as_name_and_name_is_asked_for_again(state, words):
    taken = talk(session_in(state), words)
    assert taken.session.state is state
    assert any(kind in reply_text(taken) for kind in ("这里要填姓名", "Please send the name"))


@over(ASKED, NAMES)
def test_name_containing_a_place_is_accepted(state, name):
    taken = talk(session_in(state), name)
    assert (taken.session.errand.subject.name or taken.session.agent.name) == name
    assert "地名" not in reply_text(taken)


@over(ASKED, IN_DOUBT)
def test_name_that_is_also_a_place_is_accepted_and_pointed_out(state, name):
    taken = talk(session_in(state), name)
    assert (taken.session.errand.subject.name or taken.session.agent.name) == name
    assert "这个姓名也是个地名" in reply_text(taken)


@over(["姓广名州", "我叫广州", "姓名：广州"])
def test_introduced_name_equal_to_a_place_is_accepted(words):
    assert talk(session_in(State.NAME), words).session.errand.subject.name == "广州"


def test_place_is_not_read_as_name_in_english():
    taken = talk(session_in(State.NAME), "English", "Guangzhou")
    assert taken.session.language is Language.ENGLISH
    assert "a place" in reply_text(taken)
    named = talk(taken.session, "My name is Guangzhou")
    assert named.session.errand.subject.name == "Guangzhou"
    doubted = talk(taken.session, "黄山").session
    assert doubted.errand.subject.name == "黄山"


@pytest.mark.parametrize("place", ["", "市", "区", "，", "的", "人", "我", "1"])
def test_generic_word_alone_is_not_a_place(place):
    assert not is_place(plain(place))


def test_every_province_and_prefecture_is_a_known_or_doubtful_place():
    places = [one.rstrip("?") for one in (PROVINCES + "|" + PREFECTURES).split("|")]
    assert len(places) > 350
    assert [one for one in places if not is_place(plain(one)) and not is_doubtful_place(one)] == []


@over(["陈建国，建设的建，国家的国", "姓陈，叫建国", "我姓陈叫陈建国"])
def test_name_with_explained_characters_is_found(words):
    assert talk(session_in(State.NAME), words).session.errand.subject.name == "陈建国"


@over(["我是段小红", "我是常香玉", "帮我妈赖秀英认证", "毛小丽 440103195001010120"])
def test_common_surname_is_recognised(words):
    told = talk(session_in(State.HOME), words).session.errand.early
    assert told.own.name or told.given.name


@over(["哈哈", "测试", "有个字打不出", "那个字是三个水", "人在泰国", "王某某", "王老太"])
def test_small_talk_is_not_read_as_name(words):
    taken = talk(session_in(State.NAME), words)
    assert taken.session.errand.subject.name == ""
