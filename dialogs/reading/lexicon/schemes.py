"""Words by which people name a scheme; data for `dialogs.reading.relations`."""

SCHEME_WORDS: tuple[tuple[str, str], ...] = (
    (
        "resident",
        (
            "城乡|城镇居民|(?<!港澳)(?<!台湾)(?<!澳台)居民(?!身份|来往|居住|证)|居保|新?农保|城居|"
            "农民|种田|种地|务农|农村|乡下的|村里(?:的|交的)|农业户口|失地"
        ),
    ),
    (
        "employee",
        (
            "企业职工|职工|企业(?:退休|养老|社保|的|单位|[额嘅呃噻]|个(?:$|,)|[那这]个|还是(?:城乡)?(?:居民|农)|$|,)|"
            "退休(?:工人|人员|女工|金|证|$|了|的|,)|"
            "(?:单位|厂里|工厂|国企|公司|企业)(?:里)?(?:的)?(?:退休|职工|工人)|国企|工人|"
            "灵活就业|单位退(?:的|$)|城镇(?!居民)|城职|职保|厂里|(?:公司|工厂|厂|企业)退(?:休|的|下来)|社保退休"
        ),
    ),
)
"""Regular expressions for each scheme; a text with words of two decides nothing."""

SCHEME_NAMED = (
    "^(?:我|本人|他|她)?(?:是|领的?是?|拿的?是?|要|选|办)?"
    "(?:城乡居民|城镇居民|居民养老|城居|居保|新?农保|企业职工|职工养老|职保)"
    "(?:基本)?(?:养老)?(?:保险|金|待遇)*(?:的|人|啊|呀|,)*$"
)
"""A message that does nothing but name a scheme: 我在农村信号不好 and 我退休了 name none."""

OTHER_SCHEMES = "机关|事业单位|公务员|(?<=[^好,])老师|老师(?!我|,|请问|帮|给|麻烦|[你您]|能|可以)|教师"
"""Pensions of other schemes, which this service does not certify; `(?!)`, which nothing fits, for none.

A scheme that comes to be certified takes its words from here.
"""

ENGLISH_SCHEMES: tuple[tuple[str, str], ...] = (
    ("resident", "resident pension|rural pension|urban and rural"),
    ("employee", "employees? pension|company pension|enterprise pension"),
)
