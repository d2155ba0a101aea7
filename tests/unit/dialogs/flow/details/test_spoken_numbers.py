"""A document's number that was spoken: a keyboard's microphone writes its digits as words."""

from dialogs.session import Session, State
from tests.support.dialog.dialogue import FOR_ONESELF, NAME, talk
from tests.support.tables import over


@over(
    [
        ("台湾居民来往大陆通行证", "零一二三四五六七", "01234567"),
        ("台湾居民来往大陆通行证", "幺二三四 五六七八", "12345678"),
        ("护照", "E一二三四五六七八", "E12345678"),
        ("护照", "号码是e一二三四五六七八。", "E12345678"),
        ("港澳居民来往内地通行证", "H零一二三四五六七", "H01234567"),
        ("居民身份证", "四四零幺零三 一九五零 零幺零幺 幺二三八", "440103195001011238"),
    ]
)
def test_digits_written_as_words_are_read(document, words, number):
    taken = talk(Session(), *FOR_ONESELF, NAME, document, words)
    assert (taken.session.state, taken.session.errand.subject.number) == (State.READ_BACK, number)


@over(
    ["三四五", "一二三四五六", "七十六", "我七十六岁", "一九五零年一月一日", "两三个"],
    ["护照", "台湾居民来往大陆通行证"],
)
def test_other_words_with_digits_are_no_number(words, document):
    assert talk(Session(), *FOR_ONESELF, NAME, document, words).session.state is State.NUMBER
