"""Questions about the yearly check itself, as rows of `lexicon.intents.table`; each has one short answer."""

from dialogs.reading.lexicon.intents.row import Rule

FRAUD = Rule(
    "safe",
    (
        "骗|诈|呃(?:人|我|钱|阿|老)|老千|钓鱼|冒充|假冒|山寨|上当|中招|"
        "(?:是|系|在)(?:不是|不系|咪|否)(?:真|假)|(?:会不会|不会|怕)(?:就)?(?:是|系)?(?:假|不是真|不系真)|"
        "真的?(?:还|定|抑或|或者?)(?:是|系)?假|真的?假的?|真真?假假|"
        "(?:是|系)真的?(?:吗|么|嘛|咩|啊|呀|不|$)|真的(?:吗|么|嘛|咩)|(?:是|系)?假的(?:吧|吗|么|嘛|啊|$)|"
        "(?:要|问|报|填|给|讲)(?:不要)?(?:我的?|你们?)?(?:银行卡|卡号|存折)?的?(?:号码?)?(?:和|跟|同|的)?密码|"
        "要不要(?:我的?)?(?:银行卡|卡号|存折)|"
        "(?<![给帮替])(?:我|已经?|刚才?)(?:给|把|就|都|已经?|刚|也)*(?:[他她]|人家|对方)?"
        "(?:转|汇)(?:了|过)(?:账|帐|钱|款)(?![户号])|"
        "钱(?:都|已经?|就|也)*(?:转|汇)(?:出去|过去|走|给(?:[他她]|人家|对方|别人|骗))|"
        "(?:要|叫|让)(?:我|我们)(?:输入?|填|报|给|说)(?:银行卡|支付|社保卡)?的?密码|"
        "信得过|信不过|不(?:敢|太)?(?:相信|信任?)你们?|(?:可|能)(?:不能|不可以)?(?:以)?(?:相)?信(?:吗|么|嘛|不)|可信|可不可信|正规吗|(?:是|系)?官方的?(?:吗|么)"
    ),
)
"""Whether a message, a call or this service is genuine: the first thing to answer, whatever else is said."""
ASKING = (
    "吗|么|怎|咋|如何|什|啥|咩|乜|哪|边度|几|多少|多久|为何|点解|点样|点算|何时|可以|失败|"
    r"(.)不\1|不成功|(?:^|,) ?(?:what|how|where|when|why|which|who|can|could|may|must|should|will|would|do|"
    r"does|did|is|are|am)\b|\bfail"
)
"""Words of which a question or complaint has one, in plain text."""

ASKING_WHETHER = f"{ASKING}|没有?(?:[ ,]|$)"
"""The same, and 认证过没有."""

OF_DETAILS = "这(?:样|就)|(?:可以|行|对)了?(?:吗|么|没|不)"
"""Words that relate a question to the details just given: 这样可以吗."""

COPIED = (
    "有效期限?[:是为]?[0-9.年月日至到长期-]*|长期有效|签发机关[^ ,]*|"
    "(?:社会?保障?|医保)卡?(?:号码?)?[:是为]?[0-9]*"
)
"""Words that are copied from a card along with the details, in plain text; each stands alone."""

NEEDING = (
    "不|没|未|错|丢|坏|忘|期|失|败|黑|慢|忙|停|骗|诈|假|死|想|要|能|帮|补|换|改|变|瘦|刷|认|办|弄|点|咪|只|边|哪|总|"
    "老是|成日|瘫|瞎|聋|抖|哆嗦|糊涂|痴呆|中风|手术|住院|床上|过了?身|走了|退休|津贴|补贴|双胞|孪生|一模一样|老人机|两份|"
    "国外|外国|美国|加拿大|澳洲|外地|香港|澳门|台湾|台胞|回乡|护照|坐牢|监狱|"
    "\\b(?:not?|cannot|(?:ca|do|does|did|wo|is|has)n?t|never|nobody|lost|expired|wrong|stop(?:ped|s)?|"
    "fail(?:s|ed|ing)?|want|need|help|keeps|stolen|broken|scam|deaf|blind|tell|please|pensions?|retired|abroad)\\b"
)
"""Words by which a message that asks nothing still wants an answer: 手抖拿不住, 我有两份退休金.

Things of everyday life do not: 我的眼镜放在桌上了 is small talk.
"""

EARLY = "没到(?:期|时间|日子)|(?:提前|早点?|太早)(?:[办弄认刷做])"
"""A check before its time, which no record answers."""

DONE_ELSEWHERE = (
    "(?:粤省事|支付宝|电子社保卡|小程序|掌上12333|app|社区|居委会?|村委会?|村里|银行|邮局|柜台|"
    "大厅|网点|别处|(?:别的|其他)(?:地方|软件|平台))"
    "(?:上|里|里面|那边|那里|那儿|的人|给我|帮我|统一|都|已经|也|就|早就|[ ,])*"
    "(?:认证|刷脸|刷|办|弄|做|搞|认)(?:理)?(?:成功)?(?:过|好|完|了|的|咗)"
)
"""A check that was made in another place or program, which the records of this one may not hold yet."""

HOW = "怎么|怎样|如何|咋|点样|(?:^|,) ?how"
"""Words that ask how something is done, and not for it to be done."""

ONLY_HOW = (
    "(?:请问|我|俺|你们?|您|问|一下|下|要|想|该|今年|这个|那个|养老|保险|退休|社保|基本|企业|职工|城乡|居民|资格|待遇|领取|生存|"
    "老年?人|金|的|人?脸|刷|[认任忍](?:证|正|症|征)|年[审检]|怎么?样?|咋|个|如何|点样?|去|在|来|才|可以|能|办|理|"
    "搞|弄|做|整|认|操作|手续|啊|呀|呢|哦|嘛|[ ,])+"
)
"""A whole message that asks only how to certify, which no entry answers better than to begin.

It holds nothing but names of the check and words that ask how: 养老保险认证怎么搞.
"""

HOW_TO_MOVE = "脸[^,]*操作|(?:怎么?样?|咋个?|如何|点样?)(?:来|去)?刷"
"""The same about the movements before the camera, which an entry answers: 怎么刷脸."""

FOR_SOMEBODY = r"帮|给|替|为(?!什么|啥|何)|代(?:我|他|她|办|认)|\bfor\b"
"""Words by which somebody acts for another: 能帮我妈认证吗 is not a question but an errand."""

MAY_OR_HOW = (
    "可以|能|行吗|行不|得不|要紧|怎么办|咋|点算|点搞|怎么弄|怎么处理|补|"
    "what now|what (?:do|should)|can|may|late|missed|"
    "死人|(?:逾期|超期|过期|过了期限?)了?(?:,|$)"
)
WHEN = "什么时候|啥时|几时|何时|哪天|哪一天|几号|几月|多久|when|how long"
"""A message about a due date asks for the date by `WHEN`; by `MAY_OR_HOW` alone it says something else."""

QUESTIONS: tuple[Rule, ...] = (
    Rule(
        "unpaid",
        (
            "(?:<money>)(?:咋|怎么|还|为什么|为啥|一直|都|又)*(?:没有?|不|未)(?:有)?(?:发|到|来|收到|"
            "领到|打|见)|"
            "没有?(?:收到|发|领到|见到)(?:我的?|这个月的?)?(?:<money>)|"
            "(?:<money>)(?:又|被|都|已经|怎么)*(?:停|断|少)(?:发|了|掉)|停发|停了养老|恢复(?:发放|"
            "待遇)|补发|到账|(?:少|停)(?:了|"
            "发)(?:我的?)?(?:<money>)|^(?:我的?|俺的?|那)?(?:<money>)(?:呢|(?:去|跑|到)?哪(?:里|儿)?(?:去)?了|不见了|没了)(?:啊|呀|呢)*$"
        ),
    ),
    Rule(
        "not_ours",
        (
            "<other_benefit>|(?!养老院)(?:<object>)|医保|(?:<money>)(?:是|有|到底|一个月|每个?月)*(?:多少|几多)|"
            "涨(?:钱|工资|养老金)|"
            "(?:几号|什么时候|啥时候|几时|哪天)(?:才|能|会)*(?:发|涨|领)(?:<money>|$)|"
            "(?:<money>)(?:什么时候|啥时候|几时|几号|哪天)(?:才|能|会)*(?:发|涨|到|领)"
        ),
    ),
    Rule(
        "safe",
        ("要钱|交钱|付钱|收费|免费|验证码|花钱|(?:要|收)(?:多少|几)(?:块)?钱|安全吗|可靠吗|靠谱"),
    ),
    Rule(
        "why",
        (
            "(?:为什么|干嘛|为啥|凭什么)(?:还|又|再|每年|年年|总|老|都)*(?:要|得)|有什么用|"
            "(?:不|没|忘记?|漏)(?:了)?(?:去)?(?:<certify>)(?:了|的话)?(?:会|有什么|又?怎么?样|咋样|"
            "怎么办|后果|行吗|可以吗|有事)"
        ),
        "身份证|证件|姓名|名字|号码|同意",
    ),
    Rule(
        "documents_needed",
        (
            "带什么|(?:要|需要?|准备)(?:带|用|有)?(?:些)?(?:什么|哪些|啥)(?:材料|证件|资料|东西|手续)|"
            "(?:什么|哪些)(?:材料|资料|证件)|^(?:我|现在)*(?:没有?|没带|冇)(?:任何)?证件?(?:了|啊|怎么办)*$|不是中国(?:人|籍)|外国人(?:能|可以|怎么)|"
            "(?:港澳|台湾|香港|澳门)(?:居民|同胞|人)(?:能|可以|怎么|咋|$)|认证要多久|要多长时间"
        ),
    ),
    Rule(
        "elsewhere",
        (
            "(?:在|去了?|到)(?:外地|外省|外面|国外|外国|境外|香港|澳门|台湾|美国|加拿大|"
            "老家)(?!.*(?:帮|给|替|为)<mine>(?:<kin>))|"
            "在家里?(?:也|就|自己)?(?:能不能|能|可不可以|可以)(?:自己)?(?:<do>|<certify>)|异地|养老院里?(?:怎么|能|可以)|在养老院|"
            "^(?!.*(?:帮|给|替|为)<mine>(?:<kin>)).*(?:几个|两个|多个)人(?:办|认证|用)|"
            "一(?:个|部)手机|(?:没有?|不用|不会用|不带)(?:智能)?手机|老人机|"
            "(?:一定|必须|非|是不是|要不要|需不需要)(?:得|要)?(?:待遇领取人|<mine>(?:<kin>)|[他她])?(?:本人|亲自|现场)|"
            "(?:可以|能)(?:不是|不用|不)(?:是)?本人|<only_in_person>|"
            "(?:去|到|在)(?:银行|村委会?|居委会?|社区|邮局)(?:里)?(?:也)?(?:可以|能|办)|"
            "不在(?:我)?(?:身边|一起|家里?)(?:怎么|咋|能|可以)|(?:<kin>|[他她]|本人)(?:人|又)?不在(?:我)?(?:身边|旁边|跟前)(?:了?$|,)|在(?:儿子|女儿|闺女|弟弟|妹妹|哥哥|姐姐|亲戚)(?:家|那里|那边).{0,4}(?:外省|外地|老家)"
        ),
    ),
)
