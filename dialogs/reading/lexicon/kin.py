"""Words for the people a pension belongs to, each under a relation's name; data for `dialogs.reading.reader`.

Longer words hide shorter ones (舅妈 is no 妈). Both parents at once, in-laws and
neighbours are OTHER: the dialog then asks who is meant. There are no words for
children: they hold the phone and draw no pension.
"""

from collections.abc import Mapping
from types import MappingProxyType

KIN: Mapping[str, str] = MappingProxyType(
    {
        "mother": (
            "妈|妈妈|母亲|老妈|老妈妈|老妈子|妈咪|阿妈|我娘|俺娘|咱娘|老娘|亲娘|他娘|她娘|娘亲|老母|"
            "老母亲|家母|家慈|母上|阿娘|麻麻|后妈|继母|养母"
        ),
        "father": (
            "爸|爸爸|父亲|老爸|老爸爸|阿爸|爹|爹爹|老爹|俺爹|爹地|老豆|老窦|老头|家父|老父亲|老父|阿爹|"
            "粑粑|老爷子|后爸|继父|养父"
        ),
        "spouse": (
            "老伴|老伴儿|爱人|老公|老婆|丈夫|妻子|太太|我先生|媳妇|老太婆|老头子|老婆子|内人|当家的|"
            "孩子他爸|孩子他妈|孩子爸|孩子妈|孩他爸|孩他妈|娃他爹|娃他爸|娃他妈|孩子他爹"
        ),
        "grandparent": (
            "爷爷|奶奶|外公|外婆|姥姥|姥爷|嫲嫲|阿公|阿婆|阿嫲|阿嬷|祖父|祖母|外祖父|外祖母|太公|太婆|"
            "曾祖父|曾祖母|老爷爷|老奶奶|阿爷|俺爷|俺奶|俺姥|婆婆|公公"
        ),
        "other": (
            "爸爸妈妈|妈妈爸爸|父亲母亲|母亲父亲|爸妈|妈爸|父母|父母亲|爹娘|爹妈|双亲|二老|两老|老两口|爷爷奶奶|外公外婆|"
            "姥姥姥爷|公婆|公公婆婆|岳父|岳母|岳父岳母|丈母娘|丈人|老丈人|家婆|家公|儿媳妇|亲戚|邻居|"
            "隔壁|朋友|同事|老乡|老友|别人|他人|旁人|叔叔|大叔|伯伯|大伯|伯父|伯母|伯娘|叔父|叔公|舅公|"
            "姑姑|姑妈|姑父|姑婆|姨妈|姨父|姨婆|阿姨|小姨|大姨|大妈|大娘|大爷|婶婶|婶娘|婶|舅舅|舅妈|"
            "舅父|舅母|师父|干妈|干爸|干爹|哥哥|大哥|二哥|姐姐|大姐|二姐|弟弟|妹妹|嫂子|姐夫|老人|老人家|"
            "老太太|家人|家里人|屋里人|长辈|战友|我哥|我姐|我弟|我妹|俺哥|俺姐|俺弟|俺妹|弟媳|弟妹|妹夫"
        ),
        "self": ("本人|自己|亲自"),
    }
)
"""Words between bars, in no order."""

PRONOUNS = ("他", "她", "佢")
"""Somebody else, if there is no better word."""

CHILDREN = "儿子|女儿|闺女|孙子|孙女|外孙|孩子|女婿|媳妇|仔仔|囡囡|志愿者|社工"
"""People who act for the writer: 我儿子帮我办 is about the writer."""

NOISE = (
    "(?:我|咱|俺)们?老?两口|养老人(?=[证员])|"
    "(?<![帮给替为家])老人家?(?=的?(?:养老)?(?:资格)?(?:认证|年审|刷脸)(?:该|要)?(?:怎|如何|咋|点样|在哪|去哪|到哪)|"
    "(?:该|要|应该)*(?:怎么?样?|如何|咋)(?:去|来|办|做|弄|搞)*(?:养老)?(?:资格)?(?:认证|年审|刷脸))|"
    "(?:[他她]们?|别人|旁人|邻居|朋友|同事|亲戚)(?:都|也|跟我|和我|对我)*(?:说|讲|(?:叫|让|要|喊|通知)(?=我))|"
    "他妈的|妈的确|妈呀|妈蛋|我的妈|天哪|其他|吉他|姑娘|新娘|老板娘"
)
"""Words that only look as if somebody were meant."""

_AGE = "(?:(?:[0-9]{2,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|百)[几多来]?岁?的?)"
OWN_AGE = (
    f"我(?:是|系|都|就是|也是|一个|个|位|独居|孤寡|{_AGE}|,)*(?:老人家?|长者)(?!的?(?:{CHILDREN}))|"
    f"我(?:(?:都|就|也)?(?:是|系)(?:一?个|位)?{_AGE}?|一个{_AGE}?)(?:老太太|老太婆|老头子?|老奶奶|老爷爷|老汉)(?!的)"
)
"""The writer as an old person: 我是老人家 names no relative, 我家老人 and 我是老人的儿子 name one.

我老太太 and 我八十岁的老太太 are somebody's wife or mother, 我一个老太太 is the writer.
"""

OWN_TURN = (
    "(?<=先)(?:(?:<do>|认证)(?:我|俺)(?:自己|本人)?的?|(?:给|帮|替)(?:我|俺)(?=<do>|认证))(?!的?(?:<kin>))"
)
"""The writer as the first of several: 先弄我的, but not 先弄我妈的."""
