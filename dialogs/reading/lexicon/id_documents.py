"""Colloquial names of documents by `dialogs.values.IdType`; the first that fits counts."""

ID_DOCUMENT_NAMES: tuple[tuple[str, str], ...] = (
    ("foreigner_permanent_residence", "永久居留|永居|五星卡|外国人.{0,4}身份证|绿卡"),
    ("hmt_residence", "(?:港澳台|香港|澳门|台湾|居民)*居住证"),
    ("taiwan_permit", "台胞证|台湾.{0,8}通行证|来往大陆|台湾证"),
    ("hk_macau_permit", "回乡[证卡]|回港证|(?:港澳|香港|澳门).{0,8}通行证|来往内地|港澳证"),
    ("passport", "护照|passport"),
    ("resident_id", "身份证|身分证|二代证|idcard|身证"),
)

_DOCUMENT = (
    "(?:(?:居民|二代|临时)?身[份分]证|身证|护照|证件|回乡[证卡]|(?:港澳|台湾)?通行证|台胞证|居住证)"
    "(?:原件|号码?)?"
)
_MISSING = (
    "丢|不用|不见|不在|不晓得|不知|没(?!丢|过期|换|坏|问题)|[冇未]|找不|掉|弄[丢没]|遗失|偷|扒|抢|过[了咗]?期|到期|失效|旧|忘|落|漏|放|锁|搁|收|"
    "坏|补办|正在|"
    "在(?:家|老家|屋|我?(?:儿子|女儿|孩子|老伴|妈|爸)|别|他|她|乡下|外)|换[了号]|变了|改了|升位"
)
_HAS = "(?:倒|却)?(?:有|带[了着])[的啊呀]*(?:$|,)"
"""What stands behind a document that is there: 身份证没带护照带了."""

ABSENT_DOCUMENT = (
    (
        "(?:(?:没有?|[冇未]|忘记?|忘了|漏)(?:了|咗)?(?:随身|有|带|拿|办|领|找到)*(?:了|着|到|过|我的?|张|本|个)*|"
        f"不用|不是(?:我的)?){_DOCUMENT}(?!{_HAS})"
    ),
    (
        f"{_DOCUMENT}(?:也|又|都|还|就|现在|好像|可能|早就?|已经?|今天|前天|昨天|被|给|让|叫|人|小偷)*(?:{_MISSING})|"
        f"(?:老|旧|以前|原来)[^,]{{0,4}}(?:15|十五)位的?{_DOCUMENT}|{_DOCUMENT}[^,]{{0,6}}(?:15|十五)位"
    ),
)
"""A document that the words do not choose: denied, missing, out of date, not at hand, or renumbered.

The first pattern goes before the second: 没有 says more often of what follows it that it is missing.
"""

_RENEWED = "(?:护照|通行证|回乡[证卡]|台胞证|证件|证)"
_LETTERED = "(?<![0-9a-z])[a-z]{1,2}[ -]?[0-9](?:[ -]?[0-9]){6,9}(?![ -]?[0-9a-z])"
_DIGITS = "(?<![0-9a-z])[0-9](?:[ -]?[0-9]){6,9}(?![ -]?[0-9a-z])"
_BEFORE_NOW = (
    "(?:原来|原先|以前|之前|从前|过去(?=的)|旧|(?<!养)老)的?(?:(?:那|这)?(?:个|本|张))?(?:旧|老)?的?"
)
_OF_IT = "的?(?:号码?)?(?:就?是|为)?[ ,]*"
OLD_NUMBER = (
    f"{_BEFORE_NOW}{_OF_IT}({_LETTERED})",
    f"{_BEFORE_NOW}{_RENEWED}{_OF_IT}({_LETTERED}|{_DIGITS})",
    f"({_LETTERED})[ ,]*(?:(?:这|那)(?:个|本)?)?是?(?:旧|老|以前|原来|原先)的[了啊呀吧]*(?=[ ,]|$)",
    f"({_LETTERED})[ ,]*(?:(?:后来|现在|已经?|就)[ ,]*)*(?:换成|换为|改成|变成)",
)
"""Numbers, in a group, of a document that was renewed: 原来是E12345678现在是G…, 旧护照E12345678.

Those of 18 places are for life.
"""
