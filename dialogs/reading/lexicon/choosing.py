"""Words by which people choose from a numbered list; data for `dialogs.reading.numerals`.

Patterns are matched against `Plain.spaced`. `<n>` is the number, `<label>` what stands next to it.
"""

DIGITS = "[0-9]{1,2}"
HAN_NUMERALS = "[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九壹贰叁肆伍陆柒捌玖拾]"
ENGLISH = (
    "one|two|three|four|five|six|seven|eight|nine|ten",
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth",
)
"""Words between bars, from 1 on."""

_LEAD = (
    "(?:我们?|俺|那|就|请|帮我|想|要|选|择|挑|拣|揀|点|击|按|回复?|输入|发|答案|是|办|"
    "数字|序号|选项|号码|编号| |,)*"
)
_TAIL = "(?:吧|的|啊|呀|了|呢|哦|哈|谢谢|,| )*"
_MEASURE = "(?:个|项|种|位|号|条|款|样|类|行|家(?!人))(?:人|选项|待遇|险种)?"
_WANT = (
    "[ ,]*(?:(?:i|ill|i'll|id|i'd|please|want|would|like|choose|pick|select|take|go|with|the|my|answer|"
    "choice|is|its|it's|option|number|no|nr|item),? ?)*"
)
_PLEASE = "(?: one| option)?(?: please)?[ ,]*"

CHOSEN = (
    f"^{_LEAD}(?P<n>{DIGITS})(?: ?{_MEASURE})?{_TAIL}$",
    f"^{_LEAD}第 ?(?P<n>{DIGITS}|{HAN_NUMERALS}) ?(?:{_MEASURE})?{_TAIL}$",
    f"^{_LEAD}(?P<n>{HAN_NUMERALS})号?{_TAIL}$",
    f"^{_WANT}(?P<n>{DIGITS})(?:st|nd|rd|th)?{_PLEASE}$",
    f"^{_WANT}(?P<n>{'|'.join(ENGLISH)}){_PLEASE}$",
)
FIRST, LAST = f"^{_LEAD}(?:头|首)一?个{_TAIL}$", f"^{_LEAD}最后(?:那|一)+个{_TAIL}$|^(?:the )?last one$"
"""The first and the last of a list, without a number."""

_THAT = "(?:面|边|头)?(?:的?[那这一]?个|的|那)"
FORMER, LATTER = f"^{_LEAD}(?:前|上(?!一?个)){_THAT}{_TAIL}$", f"^{_LEAD}(?:后|下(?!一?个)){_THAT}{_TAIL}$"
"""One of two: 前面那个, 下面的; 下一个 is the next person, or the next step, and 上一个 the step before."""

BESIDE = (
    f"^[ ,(]*(?:第 ?)?(?:{DIGITS}|{HAN_NUMERALS})(?: ?{_MEASURE})?[ ,.、):·-]*(?P<label>.+)$",
    (
        "^我?(?:想|要|就)?(?:选择?|点击?|按|挑|拣|揀|回复)了?[ :]*"
        '[“"「『]?(?P<label>.+?)[”"」』]?(?:吧|这个|这一个)?$'
    ),
)
"""A choice with its number before it, or with a word for choosing; matched against the text as typed, in
NFKC."""

PARTICLES = "吧啊呀啦哦哈"
"""Characters after a choice that do not change it; 了 states, 呢 and 吗 ask."""

SEARCHED = (
    "^(?:姓|找|查找|搜索?|(?:身份证|证件)?号?码?(?:的?[尾末]号|的?最?[后末]尾?(?:四|4)位)(?:数字?)?是?)|的$"
)
"""What stands around a name, or the last digits of a number, that is looked for in a list."""

BEFORE_CHOSEN = "(?:我|俺|咱|们|的|选|择|点|找|要|就|是|给|帮|替|为|办|那|<kin>|,)*+"
AFTER_CHOSEN = "(?:的|吧|呢|啊|呀|哦|办|理|认证|这位|那位|,)*"
"""What stands around the whole name of somebody in a list, who is chosen by it.

Possessive: 妈妈妈 could be divided in more ways than can be tried.
"""

INSTEAD = r"^[ ,]*(?:这|我的?)?是|换|改|(?<!不)用|只有|\b(?:use|using|only|instead|change)\b"
"""Words that say a named document is to be used: 没有身份证 names one that is missing."""
DENIED_DOCUMENT = "不是[^,，。是]{2,12}?(?=[,，]?是)"
"""A document that is denied before the one that is meant: 不是身份证是护照."""
NOT_INSTEAD = r"没|不是|[吗么]$|什么|\b(?:no|not)\b|n't"
"""Words next to a document that is missing, denied or asked about."""
ASKED_ABOUT = "怎|咋|如何|哪|能|可以|行(?!证)|谁|几|多少|为什么|为啥"
"""Words that ask about a document beside a missing one, and do not yet choose it: 身份证丢了，护照怎么填."""
OUT_OF_USE = "原来|以前|之前|从前|过去|旧|老(?:护照|身份证|证件)"
"""Words that say of a document, or of its number behind it, that it is out of use: 护照，以前是E12345678."""
