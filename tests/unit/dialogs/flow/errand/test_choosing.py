"""A choice from a numbered list is taken by its number in any notation, or by words of assent."""

from dialogs.flow.interpret import Command, understand
from dialogs.flow.outcome import choices
from dialogs.flow.states.triggers import Trigger
from dialogs.reading.reader import Utterance
from dialogs.session import Errand, Session, State
from dialogs.values import Manner, Scheme
from messages.inbound import Text
from messages.language.labels import Label
from messages.outbound import Say
from tests.support.dialog.dialogue import DETAILS_OF_OTHER, EMPLOYEE, reply_text, say_with_faq, talk
from tests.support.dialog.states import session_in
from tests.support.tables import over

HOME = (Label.EMPLOYEE, Label.RESIDENT)
CHOSEN = [Command(Trigger.CHOOSE, Errand(scheme)) for scheme in Scheme]
NUMBERS = ("1", "１", "1.", "1、", "(1)", "①", "1️⃣", "1号", "选1", "选择 1", "回复1", "数字1", "1，谢谢")
ORDINALS = (
    "一",
    "壹",
    "第一",
    "第一个",
    "第1个",
    "就第一个吧",
    "揀第一個",
    "第一种",
    "头一个",
    "前面那个",
    "选上面的",
    "我要第 1 项",
)
BESIDE = ("1、{}", "1 {}", "１．{}", "①{}", "一、{}", "第一个，{}", "我选{}", "点“{}”", "选“{}”吧")
ENGLISH = ("the first one", "option 1", "No. 1", "number 1 please", "I choose 1", "one", "1st")
SECOND = (
    "2",
    "二",
    "第二个",
    "我选第二个",
    "選第二個",
    "选项二",
    "2、{}",
    "最后一个",
    "后面那个",
    "下面的吧",
    "the second",
    "option 2",
)
ROWS = [
    *((0, words) for words in (*NUMBERS, *ORDINALS, *BESIDE, *ENGLISH)),
    *((1, words) for words in SECOND),
]


@over(ROWS)
def test_choice_is_taken_by_its_number_in_any_notation(place, words):
    assert understand(Text(words.format(HOME[place])), HOME) == CHOSEN[place]
    offered = (Label.NEXT, Label.EDIT)
    assert (
        understand(Text(words.format(offered[place])), offered).trigger is (Trigger.NEXT, Trigger.EDIT)[place]
    )


@over(State)
def test_digit_label_and_ordinal_choose_the_same_in_every_state(state):
    offered = choices(session_in(state))
    for place, label in enumerate(offered, 1):
        ways = {
            understand(Text(words), offered) for words in (str(place), f"第{place}个", label, f"选{label}")
        }
        assert len(ways) == 1


def test_digit_beyond_the_last_choice_is_plain_text():
    for words in map(str, range(3, 12)):
        assert understand(Text(words), HOME) == Command(Trigger.ANSWER, utterance=Utterance(words))


ELSE = ("3", "三", "第三个", "0", "一样", "一个", "1.5", "12 34", "一二三", "第一次来", "我今年81", "1、我妈")


@over(ELSE)
def test_text_that_only_contains_a_number_chooses_nothing(words):
    assert understand(Text(words), HOME) not in CHOSEN


def test_label_takes_precedence_over_a_number_beside_it():
    assert understand(Text(f"1、{Label.RESIDENT}"), HOME) == CHOSEN[1]


def test_numbers_above_ten_choose_from_a_long_list():
    cities = tuple(f"城{number}" for number in range(1, 24))
    for words, number in (("12", 12), ("十二", 12), ("第二十一个", 21), ("二十", 20), ("十", 10)):
        assert understand(Text(words), cities).utterance.typed == f"城{number}"


def test_former_one_chooses_nothing_among_three_choices():
    taken = understand(Text("前面那个"), (*HOME, Label.CONTINUE))
    assert not isinstance(taken, Command) or taken.trigger is Trigger.ANSWER


@over(["是我", "就是我", "是本人", "是我自己"])
def test_it_is_me_chooses_oneself_at_the_manner(words):
    assert talk(session_in(State.MANNER), words).session.state is State.NAME


@over(["开始吧", "开始了", "好吧开始", "没错", "是我", "好的呀", "直接办", "好的开始", "可以了"])
def test_any_assent_at_the_guide_starts_the_errand(words):
    assert talk(session_in(State.GUIDE), words).session.state is State.MANNER


UNSURE = (
    *(
        "不知道哪种",
        "我不知道是企业还是居民",
        "不知道选哪个",
        "选哪个",
        "我该选哪个",
        "不知道该选哪种",
        "不知道怎么选",
        "有什么区别",
    ),
    *(
        "两种有什么不同",
        "企业职工和城乡居民有什么区别",
        "我是哪一种",
        "我属于哪种",
        "哪种是我的",
        "分不清是哪种",
    ),
    *(
        "不知道自己是什么养老保险",
        "which one do I choose",
        "I don't know which pension",
        "what is the difference",
    ),
)


@over([State.HOME, State.AGREEMENT, State.GUIDE], UNSURE)
def test_uncertainty_about_the_scheme_is_answered_with_an_explanation(state, words):
    taken = say_with_faq(session_in(state), words)
    assert taken.session.state is state
    assert any(told in reply_text(taken) for told in ("在村里或社区参保", "in a village or neighbourhood"))


@over(["选哪个", "不知道选哪种", "which one"])
def test_uncertainty_at_id_type_is_answered_with_the_usual_choice(words):
    taken = say_with_faq(session_in(State.ID_TYPE), words)
    assert taken.session.state is State.ID_TYPE
    assert any(told in reply_text(taken) for told in ("多数人是第 1 个", "most people"))


@over(["选哪个"], [State.MANNER, State.READ_BACK])
def test_uncertainty_in_other_states_shows_the_choices_again(words, state):
    assert "没明白" not in reply_text(say_with_faq(session_in(state), words))


@over(["我是农保", "企业职工", "城乡居民的", "我两种都有", "分不清双胞胎", "证件有什么区别", "去哪个网点"])
def test_named_scheme_or_other_question_gets_no_scheme_explanation(words):
    assert "在村里或社区参保" not in reply_text(say_with_faq(Session(), words))


@over(["我是她女儿", "我是他儿子", "我是代办人", "我是家属"])
def test_helper_at_the_manner_is_asked_for_the_agent_name(words):
    assert say_with_faq(session_in(State.MANNER), words).session.state is State.AGENT_NAME


@over(["我自己弄", "自己弄", "我自己来办", "给我自己弄吧", "本人班里", "我自己啦", "我各人", "俺自个儿"])
def test_saying_that_one_acts_oneself_chooses_the_manner(words):
    assert say_with_faq(session_in(State.MANNER), words).session.state is State.NAME


@over(["帮她", "给他办", "我不是本人", "我不是本人，是女儿", "为他人", "办我爸的"])
def test_saying_that_one_acts_for_another_chooses_the_manner(words):
    assert say_with_faq(session_in(State.MANNER), words).session.state is State.AGENT_NAME


@over(["我不是本人", "我是她女儿", "先办我爸的"])
def test_at_the_start_it_says_whom_it_is_for(words):
    taken = say_with_faq(Session(), words)
    assert taken.session.errand.manner is Manner.AGENT
    assert taken.session.state is State.HOME


@over([State.AGREEMENT, State.GUIDE, State.MANNER], ["职工养老", "企业职工的", "我是企业职工"])
def test_chosen_scheme_may_be_named_again(state, words):
    taken = say_with_faq(session_in(state), words)
    assert (taken.session.state, taken.session.misses) == (state, 0)


@over(["开始啦", "开始噻", "开整", "开始呗", "好额"])
def test_choice_spelled_by_dialect_sounds_is_understood(words):
    assert say_with_faq(session_in(State.GUIDE), words).session.state is State.MANNER


@over(["开始伐", "开始吗", "不开始啦"])
def test_question_is_no_choice(words):
    assert say_with_faq(session_in(State.GUIDE), words).session.state is State.GUIDE


@over(["企业额", "企業嗰個", "企业那个", "俺是工厂退的", "厂里退下来的"])
def test_scheme_is_chosen_in_dialect_words(words):
    assert say_with_faq(Session(), words).session.errand.scheme is Scheme.EMPLOYEE


@over([State.AGENT_NAME, State.NAME, State.NUMBER, State.READ_BACK], ["我自己弄", "自己弄", "自己来吧"])
def test_in_the_middle_of_an_errand_it_changes_nothing(state, words):
    taken = say_with_faq(session_in(state), words)
    assert (taken.session.state, taken.session.errand) == (state, session_in(state).errand)


@over(
    [
        [EMPLOYEE],
        ["撤回人脸同意"],
        ["删除我的信息"],
        ["我爸去世了", *DETAILS_OF_OTHER],
    ],
    ["最后一个", "就最后那个吧", "the last one"],
)
def test_last_one_never_chooses_what_is_final(told, words):
    before = talk(Session(), *told).session
    taken = talk(before, words)
    assert choices(before)[0] in {Label.AGREE, Label.REPORT, Label.CONFIRM_WITHDRAWAL, Label.CONFIRM_ERASURE}
    assert all(isinstance(effect, Say) for effect in taken.effects)
    assert taken.session.state is talk(before, choices(before)[-1]).session.state


@over(
    [
        *((State.MANNER, words, State.NAME) for words in ("1本人", "一、自己", "第一个，本人", "1 我自己")),
        *((State.MANNER, words, State.AGENT_NAME) for words in ("2别人", "2、家人", "2.帮别人")),
        *((State.MANNER, words, State.MANNER) for words in ("2本人", "1家人", "1别人", "3本人", "1还是2")),
        *((State.AGREEMENT, words, State.GUIDE) for words in ("1同意", "1、我同意")),
        *((State.AGREEMENT, words, State.AGREEMENT) for words in ("1好", "1同意吗", "1不同意", "2同意")),
        *((State.READ_BACK, words, State.CHECKING) for words in ("1对的", "1、没错")),
        *((State.READ_BACK, words, State.READ_BACK) for words in ("1不对", "2对的", "1改")),
        *((State.READ_BACK, words, State.NAME) for words in ("2不对", "2、改")),
    ]
)
def test_number_beside_other_words_for_its_choice_chooses_it(state, words, then):
    assert talk(session_in(state), words).session.state is then
