"""Long numbers in a person's words are stored masked, whatever kind of number they are."""

import pytest

from dialogs.rules.masks import without_numbers


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("440103195001010120", "4401**********0120"),
        ("我的号码是11010519491231002X，对吗", "我的号码是1101**********002X，对吗"),
        ("４４０１０３１９５００１０１０１２０", "４４０１**********０１２０"),
        ("1101 0519 4912 31002x", "1101*************002x"),
        ("电话13800138000", "电话13*******00"),
        ("护照E12345678", "护照E12****78"),
        ("回复 1，12333，2026年", "回复 1，12333，2026年"),
        ("", ""),
    ],
)
def test_long_numbers_in_text_are_masked(words, kept):
    assert without_numbers(words) == kept
