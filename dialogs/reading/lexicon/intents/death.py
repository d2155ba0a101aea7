"""Rows of `intents.table` on a death: one that is on record by mistake, its money, and its report.

Somebody who is missing has a row of their own: nobody has died.
"""

from dialogs.reading.lexicon.intents.row import Rule
from dialogs.reading.lexicon.surnames import DOUBLE_SURNAMES, SURNAMES

DEATH: tuple[Rule, ...] = (
    Rule(
        "human",
        (
            "(?:说|显示|写着?|登记|报|当|标|查到?|提示)(?:成|着|了|为)?(?:我|本人)(?:已经?)?.{0,3}(?:<death>|死)|"
            "(?:系统|社保).{0,2}(?:显示|提示|登记)(?:已经?)?(?:<death>)|^提示(?:已经?)?(?:<death>)"
        ),
        "(?:跟|和|同|向|对|帮|替|给|要|想).{0,8}(?:说|报|登记)(?:一下|一声)?我的?(?:<kin>)",
    ),
    Rule("not_ours", "<death_money>", "(?:报|登记|通知|告诉|上报)(?:一下|一声|了)?$|报告|上报|申报|报丧"),
    Rule(
        "death",
        "<death>|报丧|报个丧|人死了还|<gone_after_kin>|<gone_alone>|(?:老人家?|人)<when>{0,2}(?:死了|没了|走了|"
        "不在了)(?:$|,|怎么|要)",
        (
            "<alive>|误报|(?:去世|死亡|死讯|过世)(?:的事)?(?:是|给)?(?:报|登记|上报)错|"
            "(?:<death>|走了|不在了|没了|死了).*(?:(?:帮|给|替|为|代)<mine>(?:<kin>).{0,4}(?:认证|年审|"
            "办认证|刷脸)|(?<!不是)(?:我|本人)(?:自己)?(?:来|要|想)?(?:做|办)?(?:认证|年审))"
        ),
    ),
)

MISSING = Rule(
    "missing",
    "(?:<kin>|老人家?)(?:人|自己|已经?|昨天|昨晚|今天|今早|早上|上午|下午|前天|去年|又|都|给|出门|出去|,)*"
    "(?:走丢|走失|失踪|失联|迷路|不见了|丢了(?:$|,|怎|咋|[0-9一二两三四五六七八九十几好多]))",
)
"""Somebody who cannot be found, which is no death: 我爸走丢了, but not 我爸的卡丢了."""

ENGLISH_MISSING = Rule(
    "missing",
    "^my (?:mother|father|mom|mum|dad|husband|wife|grandmother|grandfather|grandma|grandpa) "
    "(?:is|has gone|went|has been|has) (?:missing|lost(?: h(?:is|er) way)?|wandered off|disappeared)"
    "(?! h(?:is|er) (?!way))(?: .*)?$",
)

PAY_AFTER_DEATH = (
    "(?:养老金|养老钱|养老待遇|退休金|退休工资|工资|待遇|(?<=[的里份笔些])钱).{0,6}(?:还|会|停|发|领|拿|给|退|取|怎|咋|点)|"
    r"\b(?:pension|payments?|money)\b.{0,20}\b(?:stop|end|paid|continue|go on|still)|"
    r"\bstill\b.{0,20}\bpension\b"
)
"""What becomes of a pension, asked by somebody who reports a death; elsewhere the words may mean anything."""

_HAN = r"[^\W\d_a-z]"
_FAMILY = "".join(sorted(SURNAMES))
_NAME = (
    f"((?:{DOUBLE_SURNAMES}){_HAN}{{1,2}}|[{_FAMILY}](?:{_HAN}{{2}}|<of_name>)|{_HAN}{{1,8}}·{_HAN}{{1,12}})"
)
_START = "[ ,]*+(?:[你您]好[ ,]++)?(?:我[叫是][^ ,]{2,4}[ ,]++)?"
_OUR = "(?:我|俺|咱|我们)?家?的?"
_WHO = f"(?:{_OUR}(?!别人|他人|旁人)(?:<kin>)|[他她])"
_CLOSE = f"(?:{_OUR}(?:<close_kin>|老人家?)|[他她])"
_CALLED = "(?:的?(?:名字?|姓名|大名))?(?:是叫|名叫|叫做|叫)[ ,]*+"
_BY_NAME = f"{_START}(?:(?:{_CLOSE}(?:的?(?:名字|姓名))?(?:是|名叫|叫做?)?|这是)[ ,]*+)?(<full_name>)[ ,]*+"

_SUBJECT = "(?:人|老人家?)"
_YEARS = "(?:[0-9]{1,2}|[一二三四五六七八九十两几好多]{1,3}|半)年多?"
_AGO = f"(?:{_YEARS}|[好很]久)了?"
_PAST = (
    "(?:上个?月|[去前]年年?[初底中]?|今年年?[初底]?|(?:19|20)[0-9]{2}年|"
    "[0-9一二三四五六七八九十两几]{1,3}(?:年前|个月前|月份?))"
)
_DIED = (
    f"{_SUBJECT}?(?:<when>|刚刚?){{0,3}}(?:[0-9]{{1,2}}[日号])?"
    f"(?:死掉?了|[去过离逝辞]世|去逝|病逝|病故|身故|亡故|不在人世了)(?:{_AGO})?"
)
_GONE = f"{_SUBJECT}?(?:{_PAST}{{1,2}}(?:不在|没)了|(?:不在|没)了{_AGO})"
_LEFT_LONG_AGO = f"{_SUBJECT}?(?:已经?|{_PAST})?走了{_YEARS}了?"
_NOT_THERE = f"(?:已经?|{_PAST}){{0,2}}不在了"
_LEFT = (
    f"{_SUBJECT}?(?:已经?|{_PAST}){{0,3}}(?:走了|不在了)|(?:{_SUBJECT}|已经?){{1,2}}没了|"
    f"是?{_PAST}{{1,2}}[死走没]的"
)
_ASKING = "(?:谢谢[您你]?|(?:请|麻烦)(?:[您你]们?)?登记(?:一?下)?|我?[要来想]报告(?:一?下)?)"
_DECEASED = f"<when>{{0,2}}(?:[去过离逝辞]世|去逝|病逝|病故|身故|亡故|不在人世)(?:{_AGO})?"
"""Words for a death that mean nothing else; 高兴死了 reports none."""
_NOT_IN_NAMES = "[地的了就得着去来今昨前后年月日天时因病刚才也都在已突忽意于自癌症婆]"
_ANY_NAME = (
    f"((?:{DOUBLE_SURNAMES})(?!{_NOT_IN_NAMES}|.{_NOT_IN_NAMES}){_HAN}{{1,2}}|"
    f"[{_FAMILY}](?!{_NOT_IN_NAMES}|.{_NOT_IN_NAMES})(?:{_HAN}{{2}}|<of_name>))"
)
_NUMBER = "(?:[他她]的?)?(?:(?:居民)?(?:身份)?证件?|护照)?号?码?[是为]?[ ,]*+[a-z]?[0-9]{7,17}[0-9x]"
_END = f"[了啦喇]?[啊呀唉]?(?:[ ,]*+{_NUMBER})?(?:[ ,]++{_ASKING})?[ ,]*+"

_LEFT_WITH_NUMBER = (
    f"{_SUBJECT}?(?:{_PAST}{{0,2}}(?:死|不在)了|{_PAST}{{1,2}}(?:走|没)了|走了{_YEARS}了?)[啊呀唉]?"
    f"[ ,]*+{_NUMBER}(?:[ ,]++{_ASKING})?[ ,]*+"
)
"""With the number of a document any close relative's name will do: nobody gives one with a walk."""

NAMED_DEATHS = (
    f"{_START}{_WHO}{_CALLED}{_NAME}[ ,]++(?:{_DIED}|{_GONE}){_END}",
    f"{_START}{_CLOSE}{_CALLED}{_NAME}[ ,]++{_LEFT_LONG_AGO}{_END}",
    f"{_START}{_CLOSE}{_CALLED}(<full_name>)[ ,]++(?:{_LEFT}){_END}",
    f"{_BY_NAME}(?:{_DIED}|{_GONE}|{_LEFT_LONG_AGO}|{_NOT_THERE}){_END}",
    f"{_START}{_WHO}(<full_name>)[ ,]*+{_DIED}{_END}",
    f"{_START}(?:{_WHO})?{_ANY_NAME}[ ,]*+{_DECEASED}{_END}",
    f"{_START}{_CLOSE}(<full_name>)[ ,]*+{_SUBJECT}?{_PAST}{{1,2}}(?:走了|不在了|没了){_END}",
    f"{_START}{_CLOSE}(?:{_CALLED})?{_ANY_NAME}[ ,]*+{_LEFT_WITH_NUMBER}",
)
"""Whole messages that give a name and report the death of its bearer: 我妈叫李秀英，死了; 李秀英，已经去世了.

Other words before or after them may deny the death, ask about it, or report another's: in
我爸叫王建国，她死了 it is another's. 没了 alone may mean that there is no more to say. 走了 reports a death
only after the name of a close relative that is introduced and has the characters of old people's names:
我妈叫车子，走了 calls a car.
"""
