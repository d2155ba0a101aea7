"""Rows of `intents.table` on despair, and on who is left behind after a death; they stand above all others.

A message of despair is answered with the national psychological aid line, 12356 (心理援助热线), whatever
else it says. A message that asks about the check of a survivor reports nobody's death.
"""

from dialogs.reading.lexicon.intents.row import Rule

_NO_SENSE = "(?:没有?|无)(?:啥|什么|乜|多大|半点)?(?:意思|意义|劲|盼头|希望|奔头|指望|用)"

_NO_FAREWELL = "(?!你|他|她|您|我|<kin>|孙|儿|女|家|老|了(?:孙|儿|女|你|他|她))"
"""After 想死: 想死你了, 想死孙子了 say how somebody is missed."""

_NOT = "(?<!不)(?<!没)(?<!不是)"
"""Before a wish: 不想死 and 没想自杀 are not wishes, whatever else the message says."""

DISTRESS = Rule(
    "distress",
    (
        "(?<!不)(?<!没)想(?:过|去|要)?自杀|(?<!不是)(?<!想)(?<!想过)自杀(?!了|身亡|去世|走)|"
        "自尽|轻生|寻短见|安乐死|了结(?:自己|生命|此生|这一生)|"
        "(?:想|要|干脆|不如)去?[喝吃](?:农药|老鼠药)|[喝吃](?:农药|老鼠药|安眠药)(?:算了|自杀|去死|死了算|了断)|"
        f"{_NOT}想(?:去|要)?(?:一?死(?!者|了的){_NO_FAREWELL}|跳(?:楼|河|江|海|桥)|上吊|割腕)|"
        "不(?:想|愿意?|要|如)(?:再)?(?:活(?:了|下去|着|啦|在|$|,)|做人)|"
        "活(?:不下去|够了|腻|得(?:好|太|真)?(?:累|苦))|"
        f"(?:活着|活下去|做人|人生|日子)(?:也|真|都|还|好|过得)*{_NO_SENSE}|"
        "活着(?:还)?(?:有)?(?:什么|啥|乜|多大)(?:意思|意义|用|劲)|"
        "活着(?:就|都|也|真|是)*(?:受罪|遭罪|累赘|多余|负担)|"
        "(?<!不)(?<!没)(?<!别)(?<!不是)(?:要|去|不如|准备|打算)去?(?:跳(?:楼(?![价机盘])|河|江|海|桥)|上吊(?!灯)|割腕)|"
        "^(?:我|俺)?(?:真的?|快)?(?:要死|等死|跳楼|没法活|撑不下去)了?$|(?:我|俺)(?:也|都|就|真)*不活了|"
        "生不如死|一死了之|一了百了|死掉了?算了|"
        "死了(?:算了|好(?=$|,|啊|呀|吧|呢|些|点)|干净|拉倒|才好|就好(?=$|,|啊|呀|吧|了))|"
        "(?:不如|宁愿|情愿|让我|恨不得|干脆|早点|早些)(?:早点|早些|去|就)*"
        "死(?:了(?!的|[好几多很]|人|以后|之后)|掉|去|吧|算|好(?!几|多|久|像|些年)|$|,)|"
        "没有?活(?:下去|着)的(?:勇气|理由|意思|意义|必要)"
    ),
)

_DIED = "(?:<death>|<kin>(?:<when>)*(?:<gone>))(?:以后|之后|后|的话|了|那|现在|如今|剩下|,)*"
_SURVIVOR = "(?:<mine>(?:<kin>)|我|俺|本人)(?:自己|人家|一个人)?"
_STOPS = "取消|停|注销|上报|报告|通知|报一?下"
_HOW = "(?:怎么?|咋|如何|点样?)"
_MAY_OR_HOW = f"(?:{_HOW}|要不要|用不用|还[要用得能]|需不需要|能不能|可以)"

SURVIVOR = Rule(
    "survivor",
    (
        f"{_DIED}{_SURVIVOR}(?!.{{0,8}}(?:{_STOPS}))(?:.{{0,8}}{_MAY_OR_HOW}.{{0,3}}(?:认|刷|审)|"
        f".{{0,6}}(?:认证|年审|刷脸).{{0,4}}(?:{_HOW}|吗|么|呢|不$)|的.{{0,4}}{_HOW}(?:弄|办|搞|整|做))"
    ),
)

_ENGLISH_NOT = "".join(f"(?<!{no} )" for no in ("dont", "do not", "didnt", "did not", "never"))

ENGLISH_DISTRESS = Rule(
    "distress",
    (
        f"{_ENGLISH_NOT}(?:want|wish|going|ready|rather) (?:to )?"
        "(?:die|be dead|kill myself|end (?:it all|my life))|"
        "(?:will|shall|ill|about|thinking of|think of) (?:to )?kill(?:ing)? myself|suicid(?:e|al)|"
        "(?:dont|do not|no longer) (?:want|wish) to (?:live(?! with| in| at| near| alone)|be alive)|"
        "better off dead|end my life|tired of (?:living|life)|life is(?: not worth|nt worth| meaningless)|"
        "(?:no|what is the|whats the) (?:point|reason|sense) (?:in |to |of )?liv(?:e|ing)"
    ),
)

ENGLISH_SURVIVOR = Rule(
    "survivor",
    (
        "(?:died|dead|passed(?: away| on)?|gone|death) ?,?(?: and| so| now| then)* ?,? ?"
        "(?:how|what|does|do|must|should|can|may|is|will)(?: about)? (?:[a-z]+ ){0,3}(?:my|our|i|me|she|he)"
        "\\b.*(?:certif|check|do (?:it|this|hers|his)|face)[a-z]*"
    ),
)
