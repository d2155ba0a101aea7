"""Rows of `intents.table` for reactions to a question: small letters, a doubt, a reason, anger.

Most are answered with a note, after which the question is asked again (`flow.handlers.notes`).
"""

from dialogs.reading.lexicon.intents.questions import ONLY_HOW
from dialogs.reading.lexicon.intents.row import Rule
from dialogs.reading.lexicon.synonyms import YES, YES_TAILS

SMALL_PRINT = Rule(
    "small_print",
    (
        "眼睛?花|老花眼?(?!镜)|字(?:体|号)?(?:太|忒|好|很|这么|那么|咁|有点|实在|真)?(?:小|细)|"
        "(?:看|瞅|睇|瞧)不(?:太)?清(?!.*(?:圆点|圈|画面|人脸|镜头|自己))|字.{0,4}(?:大一?[点些]|放大|调大|大啲)"
    ),
    (
        "瞎|盲|失明|白内障|青光眼|黄斑|(?<![没不冇未][戴带])(?:眼镜|老花镜|花镜)(?<![没不冇未][戴带]老花镜)(?!找不|不见|不在|坏|忘|没[戴带])|"
        "配|瘫|聋|住院|卧床|模糊|照片|文字|名字|数字大"
    ),
)
"""Letters too small for old eyes, which is not blindness; above the row of what a person cannot do."""

LEGAL_TEXTS = Rule(
    "legal_texts",
    "(?:用户|服务|隐私)(?:服务)?(?:协议|政策|条款|声明)|(?:协议|条款).{0,3}(?:在哪|哪里|怎么看|咋看)|^(?:我?要?想?)看(?:看|一下)?协议$",
    "同意|接受",
)
"""The two texts of the agreement, to be read again; words that agree to them are a choice."""

_PRESENT = "(?:<mine>(?:<kin>)|老人家?|[他她]|人)(?:人|现在|今天|一直|就|也|都|正|坐)*"
_BESIDE = "(?:身边|旁边|边上|跟前|面前|一起|这里|这儿|这)"
_NEAR = f"在(?:我|我们|这)?的?{_BESIDE}"
_NOW_FACE = "(?:现在|马上|随时)*(?:就)?(?:可以|能)(?:刷|拍|照|认证|办)脸?(?:了|的|吗|么)*"

OWN_FACE = Rule(
    "own_face",
    "^我?(?:可以|能|能不能|可不可以)?[替代]<mine>(?:<kin>|[他她])[刷扫照]脸?(?:可以|行|得|能行)?(?:吗|么|不|行不行)$|"
    f"^(?:那|,)*{_PRESENT}{_NEAR}(?:呢|啊|呀|的|了|坐着|,)*(?:{_NOW_FACE})?$|"
    f"^我?(?:就|现在|正)*(?:在|和|跟|同|与)<mine>(?:<kin>)的?在?{_BESIDE}(?:呢|啊|呀|的|了)*$|"
    "^我来?[刷扫照]脸?(?:可以|行|得|能行)(?:吗|么|不|行不行)*$|"
    "^(?:用|拿)(?:我|俺)(?:自己)?的脸(?:来)?[刷扫照]?(?:可以|行不行|行|得)?(?:吗|么|不)*$|"
    "^(?:照着?|拿|用|对着)<mine>(?:<kin>|[他她])的?身份证(?:来)?[刷扫照]脸?(?:可以|行不行|行|得)?(?:吗|么|不)*$|"
    "^(?:把)?手机(?:拿|交|递)?给<mine>(?:<kin>|[他她])就?(?:可以|行|好|得)了?(?:吗|么)$",
)
"""Whose face is needed; above the rows of acts for another, and of finished acts."""

AWAY = (
    "^(?:但是?|可是?|不过|因为|,)*(?:<mine>(?:<kin>)|老人家?|[他她])(?:人|现在|今天|又|也|都|还|平时|一直|长期)*"
    "(?:没在|不在(?!了|人世)|出去|出门|去(?!不|世)|住在?(?!院)|在)(?!.*(?:怎|咋|如何|吗|能|可以|哪))[^,]{0,10}$"
)
"""A relative who is not beside the phone, told where the camera comes next, and asking nothing."""

_WHO = "(?:我|自己|老人家?|本人|家人|<kin>)"
_DETAIL = "(?:姓名|名字|身份证号?码?|证件号?码?|号码)"
_WHY = "(?:为什么|为啥|为何|干嘛|凭什么|凭啥|点解|做乜|一定|必须|非)"
_WHAT_FOR = "(?:干嘛|干什么|干啥|做什么|做啥|做乜|有什么用|何用)"
_ENTERED = "(?:写|填|输入|输|登记|报|给)"
_BEFORE = "(?:昨天|前天|上次|上回|去年|往年|之前|以前|刚才|刚刚|前面|早就|已经?|都)"
_PHOTO = "(?:照片|相片|图片|拍照|截图|视频|录像|身份证)"

TROUBLESOME = (
    "^(?:这个?|那个?|你们|认证|年审|刷脸|手续|实在|也|,)*(?:真是|太|真|很|好|非常|多)麻烦(?:[了啦啊呀吧的哦嘛人]|,)*"
    "(?:我?不(?:想|要)?(?:办|弄|搞|做|认证|年审)(?:[了啦啊]|,)*)?$|"
    "麻烦死|怎么[这那]么麻烦"
)
"""What is troublesome (太麻烦了), and no thanks for somebody's trouble (太麻烦您了)."""

_WHICH = "(?:哪个|哪一?[种样类]|哪一个|边[个种]|(?:什么|啥)(?:养老保险|养老金|待遇|险种|保险|类型))"
_UNSURE = "(?:不知道?|不清楚|不懂|不晓得|分不清楚?|搞不清楚?|弄不清楚?|不识)"

AT_THE_QUESTION: tuple[Rule, ...] = (
    LEGAL_TEXTS,
    Rule(
        "which_pension",
        (
            f"{_UNSURE}(?:我|自己|本人|应该|该|要)*(?:<mine>(?:<kin>))?(?:应该|该|要|是|领|拿|选|点|属于|的)*{_WHICH}|"
            f"^(?:我|该|要|应该|那|到底|请问)*选{_WHICH}|"
            f"^(?:我|{_UNSURE}|应该|该|要|那|请问)*(?:怎么|怎样|如何|咋|点样)选(?:择)?(?:呢|啊|呀|才对)*$|"
            f"^(?:到底|请问|那|,)*(?:我们?|俺|<mine>(?:<kin>))?(?:到底)?(?:是|属于|算|领的?是?|拿的?是?){_WHICH}(?:呢|啊|呀|的)*$|^{_WHICH}(?:是|才是)我的|"
            "企业.{0,2}(?:还是|和|跟|与)(?:城乡)?居民.{0,2}(?:有|的)?(?:什么|啥)?(?:区别|不同|分别)|(?:企业|职工).{0,2}还是(?:城乡)?(?:居民|农)|"
            "^(?:这|那)?(?:两[个种])?(?:有|是)?(?:什么|啥|咩)(?:区别|不同|分别)(?:呢|啊|吗)*$"
        ),
        "证件|身份证|护照|通行证|网点|医院|银行|城市|链接",
    ),
    Rule(
        "last_place",
        "(?<![a-z])x(?![a-z]).{0,8}(?:大写|小写|打|怎么|咋|输|写|键|还是|行|可以)|"
        "(?:打|输|写).{0,4}(?<![a-z])x(?![a-z])|最后.{0,6}(?:叉|字母|(?<![a-z])x(?![a-z]))|有个?叉",
        "[0-9]{5}",
    ),
    Rule(
        "picture_offered",
        f"(?:拍|{_PHOTO}).{{0,6}}(?:发|传|寄|拍|给)(?:一?张)?(?:给)?(?:你|您|过去|过来|上来|上去)|"
        f"(?:发|传)(?:个|一?张)?{_PHOTO}|你?自己看(?:我的?)?(?:照片|相片|图片|身份证)|"
        "^(?:我)?(?:可以|能|可不可以|能不能)(?:不?用)?(?:拍照|发照片|发图片?)(?:吗|么|不|行吗)?$",
        "失败|认证|刷脸|登记|存|留|删|骗",
    ),
    # the answer of many old people to a life certificate, and no report of anything
    Rule(
        "alive",
        "^(?:(?:啊|唉|哎),?)?(?:<mine>(?:<kin>)|我|俺|[他她])?(?:人|都|也|还|仍然?|现在|明明|当然|是){0,3}"
        "(?:活着|没死|未死|没有死|活得?好好|活得很好|好好的|在世|健在|硬朗(?:着|得很)?|(?<=还)在)(?:呢|咧|的|啊|呀|啦|了|哩|嘛|,){0,3}$",
        "^(?:好好的?|还在|人?在)$|<kin>(?:还|人)*在(?:呢|啊)*$",
    ),
    Rule(
        "voice",
        (
            "(?:发|用|讲)(?:个)?语音.{0,3}(?:行|可以|得|吗|给|你)|(?:我)?(?:念|说|讲)给(?:你|您)听|"
            "^(?:你|您)?(?:能不能|能|会不会|会)?听(?:得)?懂(?:我|人)?(?:说|讲)?话(?:吗|么|不)?$"
        ),
    ),
    Rule(
        "of_relative",
        f"^(?:不对,|(?:{YES})(?:{YES}|[{YES_TAILS}])*)?(?:这|那)?(?:个|些|都)?就?是(?:<mine>(?:<kin>)|[他她])"
        f"的?(?:{_DETAIL}|信息|没错|本人)?(?:啊|呀|哦|的)*$",
    ),
    Rule(
        "whose_details",
        f"谁的?(?:姓名|名字|号码)|{_ENTERED}(?:谁|哪个人?)|"
        f"{_ENTERED}(?:的是)?{_WHO}的?{_DETAIL}?.{{0,2}}(?:还是|吗|么|不$)|还是{_ENTERED}?{_WHO}的|"
        f"^{_ENTERED}?(?:死者|逝者|去世的(?:人|家人)|老人家?)的?{_DETAIL}(?:吗|么|啊)?$|"
        f"^{_WHO}的?{_DETAIL}(?:行|可以|吗|么)+$|^{_ENTERED}?的?是?<mine>{_WHO}的?{_DETAIL}(?:吗|么)$",
        "错|不对|骗|办|认证",
    ),
    Rule(
        "why_details",
        f"{_WHY}.{{0,2}}(?:要|写|填|输|知道|给)(?:我的?|[他她]的?|<mine>(?:<kin>)的?)?{_DETAIL}|"
        f"要(?:我|我们)的?{_DETAIL}.{{0,2}}{_WHAT_FOR}|"
        f"^我?不(?:想)?{_ENTERED}(?:我)?自己的(?:行不行|可以|行|吗|么)*$|"
        f"不(?:想|愿意?|敢)(?:{_ENTERED}|告诉|发)(?:你们?|您|我的?)?(?:{_DETAIL})?(?:了|啊|呀)?$|"
        f"{_DETAIL}不(?:想|愿意?|敢|能)(?:{_ENTERED}|告诉|发)",
        "打不出|过期|丢|改",
    ),
    Rule(
        "entered_before",
        f"^(?:我|我们|不是|{_BEFORE})*{_ENTERED}过(?:了|的|啊|呀|吗|么)*$|{_BEFORE}.{{0,4}}(?:{_ENTERED}|办)过(?:了|的|啊|呀|吗)*$|"
        f"(?:你们?|您|系统)(?:这里)?(?:不是|应该|都|已经?)*(?:有|知道|存了?)我的?(?:{_DETAIL}|信息|资料)|"
        f"(?:怎么|为什么|为啥|咋)?(?:又|还)要{_ENTERED}",
        "错|不对|<certify>|查|哪些|什么",
    ),
    Rule(
        "masked",
        "没显示全|^(?:怎么|为什么|咋)(?:都|全)?是$|显示不全|星号|星星|米字|(?:怎么|为什么|为啥|咋|点解)(?:是|有|会)?(?:几个|一串)?[*x]{1,}|"
        "(?:号码|名字|姓名|中间|后面).{0,4}(?:看不全|不全|没显示|不显示|挡|遮|盖住|隐藏|打码|少了?字)|为什么.{0,4}(?:遮|挡|盖|打码)",
        "脸|头发|镜头|眼睛|口罩|记不",
    ),
    Rule(
        "disagreed",
        "^(?:我|那|要是|如果)*不(?:想)?同意(?:这个|你们的?|用户|服务|隐私|协议|政策|条款|和|,)*(?:了|啊|呀|行吗|行不行|可以吗|可以不|可不可以|会怎么?样|会咋样|怎么办|又怎样)*$|"
        "(?:为什么|为啥|干嘛|凭什么)要?(?:我)?同意|"
        "(?:这|那)?(?:是)?(?:什么|啥)协议|协议(?:是|说|写|讲)(?:的)?(?:什么|啥)|协议.{0,4}(?:太长|好长|看不懂)",
    ),
    Rule(
        "angry",
        f"{TROUBLESOME}|(?:气|烦|急|恨|折腾)死|烦不烦|烦人|没完没了|什么(?:破|鬼|狗屁)|破(?:玩意|系统|东西|软件|程序)|"
        "垃圾(?:系统|软件|东西|公众号|程序|玩意|$)|傻[逼bx叉]|^sb$|脑残|他妈的|你妈的|^妈的|尼玛(?:的|啊|呀|逼|比|个|币|,)|^滚(?:蛋|开|吧)?$|"
        "^你?(?:怎么|这么|那么|好|真|太)*[笨蠢](?:啊|呀|死|了|的)*$|"
        "王八蛋|混蛋|操你|我操|草泥马|狗屁|有病吧|难用|折腾(?:人|老人)|不是人(?:干|弄|用)的|欺负(?:人|老人)|坑人",
    ),
    Rule(
        "help",
        "[啷咋朗]个(?:办|弄|搞|整|做|用)|咋子|搞不(?:醒豁|赢|灵清)|弗晓得|勿(?:会|懂|晓得)|侬讲啥|"
        "(?:莫得|没有?|冇)(?:办法|法子?)$|没(?:看|弄|搞|听)(?:懂|明白)|(?:能不能|可不可以)(?:再)?简单|么办|你讲(?:啥子?|什么)|^(?:没|听不|看不)(?:听)?(?:懂|明白|清楚)(?:了|啊|呀)?$|"
        "^(?:你|您|请|能不能|可不可以|可以)*(?:帮|替)我(?:填|弄|办|搞|写|输|打)(?:一下|下|吧|啊|行吗|好吗|可以吗|吗)*$|"
        "^(?:我|真的?|好|很|太|有点儿?|,)*(?:紧张|哭|难|怕[点弄按搞]错)(?:啊|呀|了|的)*$|"
        "(?:上面|下面|页面|屏幕|消息)(?:写|说|讲)(?:的|了)?(?:是)?(?:什么|啥|乜)|^(?:啥|什么|啊|再说一遍|再讲一遍|你说什么|讲什么)+$",
        f"^(?=.*(?:[认任忍](?:证|正|症)|年[审检])){ONLY_HOW}$",
    ),
    # the last message is sent again where no new link is offered, which the same words ask for
    Rule(
        "ack",
        "^(?:请|麻烦|[你您]|能不能|可不可以|可以|能)*(?:再|重新)(?:给我)?(?:发|说|讲|念|显示)(?:给我)?(?:消息|信息)?"
        "一?[次遍下](?:给我|吗|么|吧|啊|呀|谢谢)*$|(?:说|讲)(?:得)?慢一?[点些]|慢一?[点些](?:说|讲)|慢慢(?:说|讲)",
    ),
)

ALIVE_AND_WELL = (
    "^(?:but )?(?:i am|im|she is|he is|my \\w+ is) (?:still |very much )?(?:alive|not dead)"
    "(?: yet| and (?:well|kicking)| still)*$"
)
"""Alone it is no complaint of a wrong record, which "not dead" and "still alive" are in a longer sentence."""

ENGLISH_SMALL_PRINT = Rule(
    "small_print",
    (
        "(?:letters?|words?|text|print|font|writing|characters) (?:is|are) (?:much |far |so |very |too )*"
        "(?:small|tiny)|"
        "(?:too|so|very) (?:small|tiny)(?: to read)?|(?:bigger|larger) (?:letters|print|text|font)|"
        "(?:cant|cannot|can not|hard to|difficult to) read(?! chinese| english)|"
        "(?:eyes?|eyesight|vision) (?:is|are) (?:very |so |too )?(?:bad|poor|weak|blurry|not good|failing)"
    ),
    "blind|chinese|english",
)

ENGLISH_AT_THE_QUESTION: tuple[Rule, ...] = (
    Rule(
        "legal_texts",
        "privacy (?:policy|terms|notice)|(?:user|service) (?:service )?agreement",
        r"\b(?:agree|accept)",
    ),
    Rule(
        "which_pension",
        "^which (?:one|pension|scheme)(?: (?:do|should|must) i (?:choose|have|take|need|get|pick))?$|"
        "(?:dont|do not|not) (?:know|sure) which(?: (?:one|pension|scheme)(?: .*)?)?$|"
        "what is the difference$",
    ),
    Rule(
        "last_place",
        r"\bx\b.*(?:capital|type|enter|letter|upper|lower)|(?:type|enter|write) (?:the |an )?x\b",
    ),
    Rule(
        "picture_offered",
        "(?:send|take|post|upload) (?:you )?(?:a |the |my )?(?:photo|picture|image)(?: of)?.*",
        "why|fail|face",
    ),
    Rule("alive", ALIVE_AND_WELL),
    Rule(
        "own_face",
        "^can i (?:show|use|scan) my (?:own )?face (?:for|instead of) (?:him|her|my \\w+)$|"
        "^(?:is it enough to|do i just) (?:give|hand) (?:him|her|my \\w+) the phone$",
    ),
    Rule("voice", "can i (?:speak|talk|send (?:a )?voice(?: message)?s?)(?: to you)?"),
    Rule(
        "of_relative",
        "^(?:no )?(?:this|that|it|these) (?:is|are) (?:for )?my "
        "(?:mother|father|mom|mum|dad|wife|husband)s?"
        "(?: (?:name|number|details))?$",
    ),
    Rule(
        "whose_details",
        "whose (?:name|number|id)|(?:my|her|his) (?:own )?(?:name|number) or (?:my|hers?|his)\\b.*",
    ),
    Rule(
        "why_details",
        "why (?:do|must|should|does)(?: \\w+)? (?:you |i |it )?(?:need|want|give|ask for|enter|have to give)"
        "(?: you)? (?:my |the )?(?:name|number|id).*|"
        "(?:dont|do not|wont|will not) (?:want to |like to )?(?:give|tell|type|enter)(?: you)? "
        "(?:my |the )?(?:name|number|id)",
    ),
    Rule(
        "entered_before",
        "(?:already|just) (?:gave|told|entered|typed|sent)(?: you)?.*|"
        "(?:entered|gave|told|typed) (?:it|that|this|you)(?: that)? "
        "(?:already|before|last (?:time|year)|yesterday)",
    ),
    Rule(
        "masked",
        "(?:stars?|asterisks?)\\b.*|(?:hidden|masked|cut off|covered) .*(?:name|number)|"
        "(?:name|number) (?:is )?hidden",
    ),
    Rule(
        "disagreed",
        "^(?:i )?(?:do not|dont) agree$|what if i (?:do not|dont) agree|why (?:must|should|do) i agree",
    ),
    Rule(
        "angry",
        "(?:this is |what )?(?:a )?(?:rubbish|garbage|crap|bullshit|nonsense|stupid)(?: \\w+)?|"
        "i hate (?:this|you|it)|"
        "fed up|(?:so |very )annoy(?:ed|ing)|fuck.*|damn.*|shit.*|idiots?",
    ),
    Rule(
        "ack",
        "(?:please )?(?:(?:say|send|show) (?:it|that|the message) again|repeat (?:it|that))(?: please)?",
    ),
)
