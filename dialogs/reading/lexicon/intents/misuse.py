"""Rows of `intents.table` for the complaint that somebody used a person's identity for a certification.

Who says that a relative or a helper did it (不是我认证的，是我女儿办的) complains of nothing; a fear
(会不会有人冒充我) is a question, and has its own answers.
"""

from dialogs.reading.lexicon.intents.row import Rule
from dialogs.reading.lexicon.kin import CHILDREN

_STRANGER = (
    "(?:有(?:一?个|些)?(?:陌生|不认识的?)?人|(?:别|旁|他|外|坏|陌生|不认识的?)人|人家|"
    "(?:不知道?)?(?:是)?(?:谁|哪个)|骗子)"
)
_OWNER = "(?:我|俺|本人|<mine>(?:<close_kin>|老人家?|家人))(?:本人|自己)?"
_IDENTITY = (
    "(?:身份证?|证件|护照|通行证|居住证|姓名|名字|名义|名|(?:个人)?(?:信息|资料))(?:号码?|复印件|信息)?"
)
_LIKENESS = f"(?:{_IDENTITY}|号码|照片|相片|人?脸)"
_MAYBE = "(?:好像|可能|已经?|竟然|居然|偷偷|私自|一直|经常|老是|非法|[都又在曾])*"
_ACT = "(?:<certify>|做认|刷过?了?$|领(?:钱|养老金|取|走)|[办弄做]了)"
_ACTED = f"{_OWNER}(?:去|来)?(?:<certify>|[办弄搞做刷验]|操作)(?:过|成功|成|完|好|脸)?的"
_LEAD = (
    "(?:(?:这|那)(?:个|次|一次|回|条)?|(?:上|前)(?:次|回)|刚才|刚刚|昨天|前天|今[天早年]|去年|我的|认证|刷脸|记录|"
    "真的?|绝对|根本|明明|肯定|可|但|但是|都|就|并)*"
)
_UNKNOWN = (
    f"(?:是?谁|是?哪个){_MAYBE}(?:帮|替|给|为|代){_OWNER}(?:去|来)?"
    "(?:(?:<certify>|刷过?脸)(?:过|成功|成|完|好)*[了的]|[办弄做搞刷](?:过|成|完|好)?[了的](?:这个?)?(?:<certify>|脸))"
    "(?=$|[啊呀呢吗吧,0-9])"
)
_HELPED = rf"<mine>(?!别人|他人|旁人)(?:<kin>|{CHILDREN}|村|社区|居委|工作人员)"

MISUSED = Rule(
    "misused",
    (
        f"{_STRANGER}{_MAYBE}(?:拿|攞|用|借|盗用?|冒用?|偷用?|套用)[了着走]?{_OWNER}的?张?{_LIKENESS}.{{0,6}}{_ACT}|"
        f"(?:冒用|盗用|冒认|偷用)[了着]?{_OWNER}的?张?{_IDENTITY}|"
        f"冒(?:充|名|名顶替|认)[了着]?{_OWNER}(?:的?(?:身份|名义|名字))?(?:来|去|做|在)*(?:<certify>|[办刷领])|"
        f"(?:(?:有|别)人|人家|谁|被){_MAYBE}冒(?:名)?领[了着走]?{_OWNER}的?|{_OWNER}的?<money>{_MAYBE}被(?:别?人)?冒领|"
        f"{_IDENTITY}{_MAYBE}(?:被|给|让|叫)(?:(?:别|他|坏|外|陌生)?人家?|骗子|谁)?{_MAYBE}"
        f"(?:冒用|盗用|冒名|冒充|(?:拿|攞|用|偷)[走去来了]*{_ACT})|"
        f"被(?:别|陌生|不认识的?)?人{_MAYBE}(?:冒名|冒充|拿去)?(?:认证|年审)(?:了|过|掉)|"
        f"{_UNKNOWN}|"
        f"(?:^|[,0-9x]){_LEAD}(?:不[是系]|并非|非){_ACTED}(?:认证|年审)?(?:啊|呀|吧|呢|啦|哦|喔)*(?=$|[,0-9])|"
        "(?:^|[,0-9x])非本人(?:操作|办理|认证|所为)(?=$|[,0-9])"
    ),
    (
        "会不会|会(?:有|被)|怕|担心|万一|如果|要是|假如|防止|避免|以防|(?<!可)能(?!查|给|帮|不能|否)[^,]{0,12}(?:吗|么|不|认|办)|"
        "可以.{0,12}(?:认|办|刷|吗)|允许|我(?:同意|授权|自愿|(?:叫|让|请)(?:人|[他她]))|"
        "(?:转|找|要|接|叫)(?:个|一下)?(?:人工|客服)|人工服务|退订|解除代办|"
        "的,?(?:这[次回]|今[次年]|现在)(?:就|,)*(?:我(?:自己|来|要|想)|自己)(?:来|去|要)?(?:<certify>|[办弄搞做刷])|"
        f"我(?:叫|让|请){_HELPED}|(?<!不)是{_HELPED}|(?:^|[,0-9]){_HELPED}.{{0,4}}(?:<certify>|[办弄搞做刷])|"
        f"(?<![谁个])(?:帮|替|给|为|代)(?:我|{_HELPED}|[他她])(?:去|来|也)*(?:<certify>|[办弄搞做刷])"
    ),
)

_PAPERS = "(?:id(?: card| number)?|identity|name|passport)"
_SOMEBODY = "(?:someone|somebody|a stranger|another person|other people|who|they)(?: else)?"

ENGLISH_MISUSED = Rule(
    "misused",
    (
        f"{_SOMEBODY} (?:has |have |is |are |was |had )?(?:used|using|misused|misusing|stole|stolen) my "
        f"(?:{_PAPERS}|photo|face)|"
        f"{_SOMEBODY} (?:has )?(?:certified|did (?:it|this|the check)) (?:with|using|under|in) my {_PAPERS}|"
        f"{_SOMEBODY} (?:has |is )?(?:impersonated|impersonating|pretending to be|pretended to be) me|"
        f"my {_PAPERS} (?:was|has been|is being) (?:misused|stolen and used)|"
        "(?:it|that|this) (?:was not|wasnt) (?:me|done by me)(?: who (?:did (?:it|this|that)|certified))?"
    ),
    r"\b(?:if|could|can|may|might|afraid|worried|worry|scared)\b|it was (?:for )?my|for my",
)
