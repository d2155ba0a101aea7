"""Rows of `intents.table` for the middle of an errand.

A slip, a lapse of memory, the wrong scheme, the work done or put off. What a row means depends on the place;
the handlers of `flow.handlers` decide.
"""

from dialogs.reading.lexicon.intents.row import Rule
from dialogs.reading.lexicon.kin import CHILDREN
from dialogs.reading.lexicon.schemes import SCHEME_WORDS

_SLIP = "(?:写|填|打|输|录|按|敲|抄)"
_NUMBER = "(?:(?:身份证|证件|护照|通行证|居住证)的?(?:号码?|数字)|号码?)"
_OF_OTHERS = (
    "登记|社保|系统|档案|照片|卡|电话|手机|微信|银行|账号|钱|金额|工资|养老金|存折|门牌|排队|你们|您发|代办|"
    "姓名|名字|没(?:有)?(?:_SLIP)?错|没有不对|不是.{0,2}错"
).replace("_SLIP", _SLIP)
"""Numbers of something else, a wrong name next to the number, and a number that is right."""
_SCHEME = "|".join(words for _, words in SCHEME_WORDS)
_BEFORE = "(?:我|刚才|刚刚|好像|可能|又|是|都|也|真|已经?|全|不好意思|对不起|,)*"
_AFTER = "(?:了|啦|啊|呀|喇|的|呢|哦|,)*"
_LONG = "(?:好|很|太|半天|这么|那么|老)?(?:久|长时间|半天)?"

_TO_FAMILY = f"(?:<mine>(?:<kin>|{CHILDREN}|家人|家里人)|[他她])"
_FORWARD = (
    f"^(?:那|就|我|要|想|怎么|怎样|如何|咋|点样?|可以|能|直接|可不可以|能不能)*(?:把)?(?:链接|它|这个)?(?:(?:发|转发?|传|发送)(?:给|到|去){_TO_FAMILY}|给{_TO_FAMILY}(?:发|转发?|传)(?:过去|一个|链接)*)"
    "(?:的?(?:微信|手机)上?)?(?:怎么发|去|吗|么|呢|吧|啊|看|刷|弄|行吗|可以吗)*$|"
    f"^{_TO_FAMILY}?(?:说|讲|还|都)*(?:没(?:有)?|未)收到(?:链接|消息)?(?:啊|呀|呢)*$|"
    "^(?:我|不好意思|,)*(?:发|转|传)错(?:了)?(?:人|地方|群)?(?:了|啦)*$|(?:发|转|传)错(?:了)?人"
)
"""About the link that is on its way to a relative's phone."""
_OF_MONEY = "钱|金|工资|待遇|提醒|通知|照片|录像|视频"

_WITH = "(?:和|跟|同|与|还有)"
_ALL = "都|一起|一块儿?|两个人?|两人|俩"
_DONE = "要|想|需|得|来|<do>|理|认证|年审|养老|资格|一下|还|没有?|未|的|呢|了|吧|啊|呀|,"
_SEVERAL = (
    f"^<polite>*(?:我|俺|咱|自己|本人)+(?:和|与|还有)<mine>(?:<kin>)(?:{_ALL}|{_DONE})*$|"
    f"^<polite>*(?:(?:我|俺|咱|自己|本人)+{_WITH}<mine>(?:<kin>)|<mine>(?:<kin>){_WITH}(?:我|自己|本人)+|"
    f"(?:我们|咱们?|俺们?)(?:夫妻|老?两口子?|一家人?)?)(?:{_ALL})(?:{_ALL}|{_DONE})*$|"
    f"^<polite>*<our_couple>(?:{_ALL}|{_DONE})*$|"
    f"^(?:我|俺|自己)(?:跟|同)<mine>(?:<kin>)$|"
    f"^(?:我)?(?:帮|给|替)?<mine>(?:<kin>){_WITH}<mine>(?:<kin>)(?:{_ALL}|{_DONE})*$|"
    "^(?:都要?(?=<do>)|都要|一起|两个都要|两个人?都要?)(?:<do>|认证|的)*$"
)
"""Several people at once, with or without the writer: 我和老伴都要认证.

跟 and 同 without 都 may mean 给, as in the dialects of the south-west: 我跟我妈认证.
"""

_BOTH_DONE = f"(?:{_ALL})(?:已经?|早就?)*(?:<do>|办理|认证|年审)(?:过|好|完|妥)*了(?:啊|呀|呢|,)*$"
"""A statement that both did it: 我和老伴都弄了; 我和老伴都要认证了 is a wish."""

MID_ERRAND: tuple[Rule, ...] = (
    Rule(
        "edit_agent",
        f"代办人.{{0,6}}(?:{_SLIP}?错|不对|有误)|(?:{_SLIP}错|改).{{0,3}}代办人",
    ),
    # what comes next, asked at a choice or a question: it is asked again
    Rule(
        "ack",
        "^(?:那|我|就|好|了|的|,)*(?:接下来|然后|下面|下一?步|后面|跟着|跟住)(?:呢|咧|怎么办|咋办|(?:我)?(?:要|该)?(?:怎么)?(?:做|弄|办|点)(?:什么|啥)?|是什么|点做)*$|"
        "^(?:我|那)?还(?:要|需要?|用|得|该)(?:做|弄|办|填|写|点|按)(?:些)?(?:什么|啥|哪些)(?:呢|啊|吗)*$",
    ),
    Rule("ack", "^(?:我|刚才|刚刚|上次|上回|,)*(?:<do>)到(?:哪|什么地方|第?几步|哪一?步).{0,3}$"),
    Rule("forward", _FORWARD, _OF_MONEY),
    Rule(
        "next_person",
        (
            "^(?:那|我|就|,)*(?:还有|接着|接下来|另外|再来|然后)(?:给|帮|替|是)?<mine>(?:<kin>)(?:的|也)*(?:<do>|认证|呢|吧|啊|要|没)*$|"
            "(?:<kin>)(?:那|这)?(?:一?份|边)?的?也(?:要|得|还没|没|想)(?:<do>|一下|的)*(?:呢|啊|吧|的)*$|"
            "^<mine>(?:<kin>)的?也(?:给)?(?:<do>)(?:一下|吧|啊|呀)+$|"
            "(?:还有|还要|再|给)(?:<do>)?(?:一|1|另一|另外一)个(?:人|老人家?|家人)?(?:<do>|认证|要)*(?:呢|啊|吧|的)*$|"
            "^(?:那|我|就|好|了|,)*(?:现在|接着|接下来|然后|再)来?(?:<do>|认证)<mine>(?:<kin>)的?(?:吧|啊|呀|了|,)*$|"
            "^下(?:一)?个(?:人|老人家?|(?:是|给|办|弄|到)*<mine>(?:<kin>)的?)?(?:呢|吧)?$|^我(?:跟|同)<mine>(?:<kin>)(?:要|<do>)+$|"
            "^<mine>(?:<kin>|自己|本人)的?(?:今年|去年|到现在|现在|,)*(?:还|都|也)+"
            "(?:没有?|未)(?:<do>|认证|办理|年审|过|呢|啊|呀|的|,)+$"
        ),
        "<our_couple>",
    ),
    Rule("several", _SEVERAL, _BOTH_DONE),
    # the present person replaced by another, and no clerk wanted, whom 换个人来说 asks for
    Rule(
        "change_person",
        (
            "^(?:不对|[搞弄选]错了?|错了|,)+(?:应该)?是<mine>(?:<kin>)(?:[办弄搞]|认证|的|啊|呀|,)*$|"
            "^不是(?:<mine>(?:<kin>)|[他她]),?(?:应该)?(?:就)?是<mine>(?:<kin>)(?:[办弄搞]|认证|的|啊|呀|,)*$|"
            "^(?:我们?|想|要|请|那|就|还是|给|帮|再|可以|能|,)*换(?:成)?(?:另外?)?一?个?(?:别的?|其他的?)?人"
            "(?:<do>|认证|办理|查|一下)*(?:吧|啊|呀|了|呢|可以|行|吗|,)*$|"
            "^(?:我们?|想|要|那|就|还是|,)*(?:换成?|改成)(?:给|帮|为|替)?(?:<mine>(?:<kin>)|别人|他人|我?(?:自己|本人))的?"
            "(?:办|认证|办理)*(?:吧|啊|呀|了|,)*$|"
            "^(?:不对|不是|[搞弄选]?错了?|,)+(?:我|应该)*(?:是|要)*(?:给|帮|替|为)<mine>(?:<kin>)(?:办|弄|搞|认证|的|啊|呀|,)*$|"
            "^(?:不是|不给)(?:<mine>(?:<kin>)|[他她]),?(?:就?是给?|给)(?:我自己|我?本人|自己)的?(?:[办弄搞]|吧|啊|呀|了|,)*$"
        ),
    ),
    Rule("unsend", f"^{_BEFORE}(?:想|要)?撤回(?:消息|信息|上一条|刚才的?|一下|{_AFTER})*$"),
    Rule(
        "where_to_tap",
        "(?:点|揿|撳|按|㩒)(?:哪|边)(?:里|儿|个|一?个|边|度|处)?|(?:没有?|冇|找不到|看不到|不见)(?:这个?|那个?)?(?:按钮|按键|选项)",
        "结果|银行|领|查",
    ),
    Rule(
        "edit_number",
        (
            f"(?:身份证|证件|号码?).{{0,4}}(?:[一两几1-3]位|尾数|末尾|末位|个数字?)(?:{_SLIP}?错|不对)|"
            f"{_NUMBER}.{{0,3}}(?:{_SLIP}?错|不对|有误|(?:{_SLIP})?[多少漏][了一两几])|"
            f"(?:{_SLIP}错(?:了|一?下)?|不是)(?:我的?|这个?)?{_NUMBER}(?!码)|"
            f"(?:改|改一下|改下|改一改|修改|更改|重新?{_SLIP})(?:我的?)?(?:这个)?{_NUMBER}|"
            f"^{_BEFORE}{_SLIP}?[错多少漏]{_SLIP}?了?[一两几1-3]个?(?:数字?|位数?|号码?){_AFTER}$"
        ),
        _OF_OTHERS,
    ),
    Rule("slip", f"^{_BEFORE}{_SLIP}错(?:字|了字)?{_AFTER}$"),
    Rule(
        "forgotten",
        (
            f"^{_BEFORE}(?:忘(?:记|掉|光|得)?|不记得|记不(?:得|清|清楚|住|起来?)|想不(?:起来?|到)|记性不好)"
            f"(?:一干二净|怎么办|{_AFTER})*$|"
            "(?:小名|昵称|网名|外号)(?:可以|行|得|吗|么)+|^(?:我)?有两个名字$|^(?:写)?(?:简体|繁体)字?(?:可以|行|吗|么)+$"
        ),
    ),
    Rule(
        "wrong_scheme",
        (
            f"(?:换|改|转|变更?)(?:成|为|到|回|做|选)?(?:我的?)?(?:{_SCHEME})|"
            f"^{_BEFORE}(?:其实)?(?:不是|并非)(?:领|拿)?的?(?:{_SCHEME})(?:的|养老保险|人|啊|呀)*$|"
            f"(?:选|点|按|搞|弄)错.{{0,2}}(?:{_SCHEME}|险种|养老保险|待遇)|"
            f"(?:选|点|按|搞|弄)错了?,?(?:我)?(?:是|领|拿|应该).{{0,6}}(?:{_SCHEME})|"
            "(?:险种|待遇类型|保险)(?:我)?(?:选|点|搞|弄)?(?:错|不对)|(?:换|改)(?:一?[个下])?(?:险种|保险|养老保险)$|"
            "不是这(?:个|种|一种|一个)(?:险种|待遇|养老保险|保险)"
        ),
        "吗|么$|怎|咋|如何|会不会|登记|什么|单位|停发|退休了",
    ),
    Rule(
        "finished",
        (
            f"^{_BEFORE}(?:我妈|我爸|老人|他|她|终于|现在|全部)*(?:弄|搞|办|做|拍|照|刷|录|认|扫|整)"
            "(?:好|完|成|妥|掂|定)(?:晒|了|啦|喇|的|啊|呀)+$|"
            f"^{_BEFORE}(?:还|都|仲)?(?:没有?|未)(?:弄|搞|办|做|拍|刷|扫)(?:成|好|完){_AFTER}$|"
            "^(?:这就?|就)?(?:完了|这样(?:就)?(?:完|好|行)?了?|这么快)(?:吗|么|啊|呀|就)*$|"
            "^(?:好|掂|搞掂|搞定|完成|完事|成)(?:晒|了|啦|喇)+(?:啊|呀|哦)*$|"
            "^(?:我|我妈|我爸|老人|他|她|它|手机|页面|上面|说|显示|提示|写着|写|已经|都|刚)*"
            "(?:(?:认证|刷脸)?成功|通过)(?:了|啦|的)+$|"
            "^(?:我|我妈|我爸|老人|他|她|已经|都|刚刚?)*(?:点|刷|照|拍|扫)过?(?:了|啦|完|脸了)+$|"
            "^(?:我|我妈|我爸|老人|他|她|还|正|现在)*在(?:刷|弄|拍|照|扫)(?:脸|着)?(?:呢|啊|了)*$|"
            f"^(?:怎么|咋|点解|为什么|为啥|干嘛|我的?|认证|等了?{_LONG}|结果|,)*(?:还|都|仲)(?:没有?|未)(?:有)?(?:收到)?"
            "(?:好|结果|消息|回音|出来|出结果|通过)(?:啊|呀|呢|的|了)*$|"
            "^(?:我的?|认证)?(?:的)?结果(?:呢|出来.{0,4}|怎么样|在哪.{0,2}|有了?(?:吗|没有?))$"
        ),
    ),
    # the work put off, whatever else is named: 我不认证了，等下再做 begins no certification
    Rule(
        "later",
        (
            "(?:等下|等会儿?|等一下|等一会儿?|一会儿?|待会儿?|晚点|晚些|晚上|回头|明天|听日|后天|改天|过几天|过两天|下周|"
            "下个?星期|得闲|有空)(?:我)?(?:再|先|就)(?:来|去|帮.{1,4})?(?:<do>|搞掂|认证|刷脸|说|讲)|"
            "^(?:<mine>(?:<kin>))?(?:我|我妈|我爸|老人|她|他|人|现在|这会儿?|今天|眼下|正|还|,)*(?:(?<=现在|这会|会儿|今天|眼下)不方便|没空|不得闲|在忙|在(?:地铁|车|外面|路|开会|上班|公交|吃饭|睡|洗澡|洗脚|吃药|打针|输液|吊水|打牌|打麻将|跳舞|散步|做饭|看病|解手|上厕所)[上里着]?|"
            "睡(?:着|觉|下)?了?)(?:呢|啊|了)*$|"
            f"^(?:我|先|就|那|要|得|算了|,)*等(?:<mine>(?:<kin>)|我?(?:{CHILDREN})|[他她])(?:回来|下班|有空|来)了?(?:再|帮我|给我|一起|,)*(?:<do>|说|讲)?(?:吧|了|啊|呀)*$|"
            "^(?:我|先|就|请|你|您|,)*等(?:我|一?下|一?会儿?|,)*(?:先|去|来)*(?:拿|找|取|翻|问)[^,]{0,10}$|"
            f"^(?:<mine>)?(?:{CHILDREN})(?:现在|今天|又|也|都)*(?:不在(?:家|这里|这儿|身边)?|出去了|上班去了)(?:啊|呀|呢)*$|"
            "^(?:我的?)?(?:手机(?:快|就|马上|要)*没电|(?:老花镜|老?花?眼镜)(?:找不到|不见|没带|忘带))(?:了|啦|啊)*$|"
            "^(?:我|今天|先|就|那|还是|,)*不(?:试|刷|弄)(?:了|啦|先)+$|"
            "^(?:<mine>(?:<kin>)|[他她])的?(?:就|先)*(?:别|不用|不要|不)(?:<do>|认证)了(?:吧|啊|呀|,)*$"
        ),
        "吗|么$|行不|可以|能不|来得及|怎|要紧|提醒",
    ),
)

ENGLISH_MID_ERRAND: tuple[Rule, ...] = (
    Rule("edit_agent", "(?:helpers?|agents?) (?:own )?(?:name|number|details) (?:is|are|was|were) wrong"),
    Rule("ack", "^(?:and |so )?what(?: comes)? next$|^(?:and )?(?:now what|then what)$"),
    Rule(
        "next_person",
        "^(?:and |also )?(?:now |next )(?:for |do )?my \\w+$|"
        "^(?:and |also )?(?:now |next )?(?:for |do )?my \\w+ (?:too|as well|also|next)$|"
        "^(?:and|also) (?:for )?my "
        "(?!(?:name|number|id|passport|phone|card|address|pension|face|photo|money)$)\\w+$|"
        "^(?:one more|another|(?:the )?next) (?:person|one)$",
    ),
    Rule(
        "several",
        "^(?:for )?(?:my \\w+ and (?:i|me|myself)|(?:i|me|myself) and my \\w+|we both|both of us)"
        "(?: both)?(?: together)?(?: (?:need|want|have|would like) to (?:certify|do (?:it|this)))?"
        "(?: together)?$",
    ),
    Rule(
        "change_person",
        "^(?:i want to |please )?(?:change|switch)(?: to)?(?: the| another| a different)? person$",
    ),
    Rule(
        "forward",
        "^(?:please )?(?:send|forward) (?:it|the link) to (?:her|him|my \\w+)$|"
        "how (?:do|can) i (?:send|forward) (?:it|the link)(?: to (?:her|him|my \\w+))?|"
        "(?:she|he|they) (?:did not|didnt) (?:get|receive) (?:it|the link)|"
        "(?:sent|forwarded) (?:it )?to the wrong person",
    ),
    Rule("unsend", "^(?:i want to )?(?:recall|unsend|take back) (?:it|that|(?:my|the) (?:last )?message)$"),
    Rule(
        "where_to_tap",
        "(?:what|where) (?:do|should|must|shall) i (?:tap|press|click)|"
        "which (?:one|button) (?:do|should) i (?:tap|press|click)",
    ),
    Rule(
        "edit_number",
        (
            "(?:typed|entered|gave|wrote) (?:the |my |a )?wrong (?:id )?number|"
            "mistyped (?:the |my )?(?:id )?number|wrong (?:id )?number|"
            "(?:number|id) (?:is wrong|was wrong|has a typo|has a mistake)|"
            "(?:change|correct|fix|edit) (?:my |the )?(?:id )?number"
        ),
        "phone|telephone|bank|account|record",
    ),
    Rule("slip", "^(?:sorry )?(?:i )?(?:made a )?(?:typo|mistyped|mistake|typed (?:it )?wrong)$"),
    Rule(
        "forgotten",
        (
            "^(?:sorry )?(?:i )?(?:have )?(?:forgot(?:ten)?|(?:dont|do not|cant|cannot) (?:remember|recall))"
            "(?: it| that)?$"
        ),
    ),
    Rule(
        "wrong_scheme",
        (
            "(?:change|switch) (?:it |this )?to (?:the )?(?:resident|employee|company|rural)(?: pension)?|"
            "wrong (?:pension|scheme)(?! (?:amount|payment|money))|"
            "(?:im|i am|i was|she is|he is) (?:not|never) (?:an? )?(?:employee|resident pension)|"
            "not (?:the |my )?(?:employee|resident|company) pension|change (?:the |my )?(?:pension|scheme)$"
        ),
    ),
    Rule(
        "finished",
        (
            "^(?:ok )?(?:it is |its |im |i am |we are |all )?(?:now )?(?:done|finished|ready)(?: now)?$|"
            "^i (?:have )?(?:did|done|finished) it$|"
            "^(?:there is )?(?:still )?(?:no|not any) (?:result|answer)(?: yet)?$|"
            "why is (?:it|this) (?:still )?not (?:ready|done|finished).*|"
            "^(?:is it|are we) (?:ready|finished)(?: yet)?$|"
            "where is (?:the|my) result"
        ),
    ),
    Rule(
        "later",
        (
            "(?:do|finish|try|certify|continue)(?: it| this| that)? (?:later|tomorrow|another (?:day|time)|"
            "next week|some other time)|^(?:she|he|my \\w+) is (?:asleep|sleeping|busy|out)(?: now)?$|"
            "^(?:not today|maybe (?:later|tomorrow)|another (?:day|time)|"
            "some other time|i am tired|im tired)$"
        ),
        "can i|may i|could i|is it",
    ),
)
