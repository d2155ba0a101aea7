"""Other words for a choice: for some anywhere, for most only if the choice is offered.

A label that is tapped or typed needs no row here. Words are in small letters, simplified.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dialogs.reading.lexicon.kin import CHILDREN
from messages.language.labels import Label

ANYWHERE: Mapping[str, str] = MappingProxyType(
    {
        Label.HELP: (
            "怎么返回|怎么回去|怎么返回上一步|怎么回上一步|怎么回首页|怎么返回首页|怎么退出|退不出来|退不出去|怎么关|怎么关掉|怎么结束|如何返回|如何退出|咋返回|咋退出|"
            "怎样返回|怎样退出|点样返回|点样退出|how do i go back|how to go back|how do i quit|how do i exit"
        ),
        Label.AGREE: "同意|我同意|agree|i agree",
        Label.BACK: (
            "证件类型错了|证件类型不对|返回|后退|退回|退回去|往回走|往回退|我要回去|上一个|上个|换证件|换个证件|换一种证件|我要换一种证件|换证件类型|证件选错了|证件类型选错了|上一页|返回上一步|回上一步|前一步|选错|选错了|点错了|按错了|我选错了|我点错了|我按错了|"
            "go back|go back please|please go back|back please|i want to go back|take me back|"
            "previous|previous step"
        ),
        Label.HOME: (
            "结束|结束办理|关掉|回首页|返回主页|主页|主菜单|菜单|回到首页|回到开头|回到最开始|退出|取消|不办了|先不办了|算了|"
            "main menu|menu|cancel|quit|exit|stop|home page|start page|go home|go to start"
        ),
        Label.EDIT: "改|改一下|我要改|我要修改|edit|correct",
    }
)

_YES = "好|好的|好滴|好啊|可以|行|是|是的|对|对的|对啊|嗯|嗯嗯|ok|okay|yes|yeah|sure|yes please"
_RIGHT = (
    "没写错|没有写错|我没写错|没填错|没打错|没输错|没有错|都没错|都没写错|名字号码都没错|信息没错|信息都没错|信息都对|"
    "是我|是我的|就是我|是本人|是我本人|没错|啱|啱啦|啱了|啱的|都啱|正确|无误|没问题|对了|都对|继续|"
    f"correct|right|that is right|thats right|{_YES}"
)
YES_TAILS = "的啊呀吧啦了哦噢喔呢嘛哈哒滴嘞咯喇噻呗额呃 ,"
SOUNDS = "啦喇啊呀哦噢喔嘛咯嘞噻呗额呃"
"""Sounds behind a choice, also in dialects, that leave it what it is: 开始噻; 吧, 伐 and 呢 may ask."""

YES = (
    "好|可以|行|是|对着?|队|嗯|没错|正确|无误|没问题|要得|得|中|成(?![了咗])|妥|系|对头|啱|准备好|都对|确认|我?确定|确实是|来|继续|是我|就是我|是本人|"
    "就是(?:我?本人|我自己)|(?:就是?|是)这个人?|错不了|[没莫]得(?:错|问题)|莫错|我本人|开始|[弄办搞整](?=[吧嘛噻])|刷|现在刷|现在就刷|马上刷|ok|okay|yes|yeah|sure|"
    "that is me|thats me|that is right|thats right|all right|go ahead|lets go|let us go|correct"
)
"""Words of which a confirmation may consist, with the tails between them: 好的呀, 对的没错, 是的是的."""

AGREED = (
    "(?:哦|噢|喔|嗯|好的?|行|[好行]吧|中|要得|那|就|我|俺|都|当然|[ ,])*(?:同意了?[ ,]*){0,3}"
    "同意(?:并?开始(?:办理?)?|办理?|(?:以上|上面的?|这些|这两个|全部|所有|[你您]们?)?的?(?:协议|条款)|"
    "[ ,]*(?:用户)?(?:服务)?协议[和及与跟, ]+隐私(?:政策|条款|协议)[ ,]*)?[了的啦喇啊呀哦噢喔咯嘞噻呗]*"
)
"""A consent with words around it that leave no doubt: 哦同意, 那我同意啦; 同意吧 and 同意嘛 may ask."""

_AGAIN = (
    "再发一次|再发一个|再给我发一个|再给我发一次|再给我发个链接|给我再发一个|再发个链接|再发链接|重发|重新发|重新发一个|再给我一个|再给一个|发多次|再试|再试一次|再来一次|重试|"
    "重新刷脸|换一个|再来一个|再来一个链接|再来个链接|再发一下|重发一下|重发一下链接|重发链接|重新给我|重新给我一个|再给我一个链接|给我新的|给我个新的|"
    "换个链接|换链接|新链接|again|retry|try once more"
)
_PERSON = ("", "她", "他", "人")
_BESIDE = (
    "",
    "身边",
    "旁边",
    "边上",
    "我身边",
    "我旁边",
    "我边上",
    "这里",
    "这儿",
    "我这里",
    "我这儿",
    "跟前",
)
_CAME = (
    f"{lead}{one}{came}"
    for lead in ("", "好", "好了")
    for one in ("", "她", "他", "人", "老人", "我妈", "我爸", "老伴")
    for came in ("来了", *(("到了", "醒了", "准备好了") if one else ()))
)
_PRESENT = "|".join(("在的", "在呢", *(f"{one}在{at}" for one in _PERSON for at in _BESIDE), *_CAME))
_RELATIVE = (*_PERSON, "老人", "我妈", "我爸", "老伴", "我老伴")
_ABSENT = "|".join(
    ("没在", *(f"{one}不在{at}{sound}" for one in _RELATIVE for at in _BESIDE for sound in ("", *"啊呀哦")))
)
"""Answers to the question whether the relative is beside the phone."""

OFFERED: tuple[tuple[str, str], ...] = (
    (
        Label.AGREE,
        (
            "同意|我同意|同意了|我同意并开始办理|我同意开始办理|同意开始办理|同意,开始办理|我同意,开始办理|"
            "同意同意|同意了同意了|同意办理|我同意办理|同意并开始|同意开始|我同意协议|同意协议|已阅读并同意|我已阅读并同意|"
            "agree|i agree|accept|i agree and start"
        ),
    ),
    (
        Label.START,
        (
            "开始|开始吧|开始了|开始办|开始办里|开始班里|开整|整吧|整|搞起|弄起|下一步|好的下一步|没问题下一步|好吧开始|办理|办|直接办|好的开始|嗯开始|嗯开始吧|好开始|好开始吧|那开始吧|"
            f"那就开始吧|行开始吧|马上办|赶紧的|赶紧办|赶快办|快点办|抓紧办|begin|{_YES}"
        ),
    ),
    (
        Label.SELF,
        (
            "本人|本人班里|本人办里|自己|我自己|我各人|自家|阿拉自家|自个儿|我自个儿|俺自己|俺自己个儿|俺自个儿|俺|"
            "是我|就是我|是本人|是我自己|我是本人|给我弄|给我办|给自己|给我自己|我|我本人|我的|"
            "myself|me|for me|self|for myself"
        ),
    ),
    (
        Label.AGENT,
        (
            "他人|别人|家人|给家人|帮别人|帮家人|给别人|为别人|我是女儿|我是儿子|我是她女儿|我是他女儿|我是她儿子|我是他儿子|"
            "我是孙女|我是孙子|我是家属|我是代办人|代办|为他人|为他人班里|替他人办理|为别人办理|"
            "给他人办理|someone else|somebody else|for others|family"
        ),
    ),
    (
        Label.NEXT,
        f"下一部|下一布|下步|提交|没问题下一步|好的下一步|对的下一步|对下一步|好下一步|没错下一步|{_RIGHT}",
    ),
    (Label.SEARCH, f"查|查吧|下一步|{_RIGHT}"),
    (
        Label.CONFIRM,
        (
            f"{_PRESENT}|可以刷了吗|能刷了吗|现在可以刷了吗|准备好了|我准备好了|好了我准备好了|好了好了我准备好了|好了开始|好了开始刷|开始刷|好了|我好了|弄好了|"
            f"开始|开始吧|刷脸|刷|现在刷|继续|im ready|start|{_YES}"
        ),
    ),
    (
        Label.EDIT,
        (
            "证件类型错了|证件类型不对|不|不对|好像不对|好像错了|错了|错|有误|不是|不正确|写错了|不是我|不是我的|不是他|不是她|不是这个|不是这个人|"
            "名字不对|信息不对|no|wrong|not right|incorrect|thats wrong|that is wrong|its wrong|"
            "it is wrong|this is wrong|thats not right|that is not right|not correct|not me|"
            "thats not me|this is not me"
        ),
    ),
    (Label.HAND_OVER, _ABSENT),
    (Label.REPORT, "确认|确定|confirm"),
    (Label.CONFIRM_ERASURE, "确认|确定|删除|删|删吧|删掉|confirm|delete"),
    (Label.CONFIRM_WITHDRAWAL, "确认|确定|撤回|confirm|withdraw"),
    *((label, _AGAIN) for label in (Label.CHECK_AGAIN, Label.NEW_LINK)),
    (Label.CONTINUE, "接着办|继续|接着来|go on"),
    (
        Label.MORE_RELATIVES,
        (
            "下一页|下页|后一页|换一批|翻页|翻一页|往后|往下|往后翻|往下翻|再翻一页|还有|后面还有吗|下面还有吗|还有吗|还有呢|还有谁|还有别人吗|"
            "更多|看更多|next|next page|more|show more"
        ),
    ),
    (Label.SUBSCRIBE, "提醒|要提醒|请提醒我|yes please remind me"),
)
"""Synonyms of choices; of several that fit, the one offered first counts.

A consent is only taken from words that agree: 好的 is not enough.
"""

DECLINED: tuple[tuple[str, str, str], ...] = (
    (
        Label.CONFIRM_ERASURE,
        Label.BACK,
        (
            "不同意|不|不删|不删了|不删除|先不删|不用|不用了|不要|不要了|不了|先不|不想|不想了|不确认|no|"
            "no thanks|no thank you|do not|dont|dont delete|keep it|not now"
        ),
    ),
    (
        Label.CONFIRM_WITHDRAWAL,
        Label.BACK,
        (
            "不同意|不|不撤回|不撤回了|不撤|不撤了|不用|不用了|不要|不要了|不了|先不|不想|不想了|不确认|no|"
            "no thanks|no thank you|do not|dont|dont withdraw|keep it|not now"
        ),
    ),
)
"""By offered choice: words that decline it, and the choice that they stand for."""

DENIALS = (
    "^(?:这|那)?个?(?:都|可|也)?(?:不是|不对|错(?!不了))|"
    r"^(?:no|nope|nah)\b|^(?:that|this|it|these)(?:'?s|'?re| is| are)? (?:not|isn'?t|wrong)\b"
)
"""Beginnings that reject what was read back."""

CORRECTED = (
    r"(?![ ,]*叫[ ,]*$)[ ,]*(?:(?P<denied>[^\W\d_a-z]{2,4}|这个?|那个?|名字|姓名)?"
    r"(?:不是(?:我的?|本人|(?P<other>[^\W\d_a-z]{2,4}))|不对|错了|有误)(?:名字|姓名)?[的了啊呀]?[ ,]*)?"
    "(?:(?:我|本人)(?:的?(?:名字|姓名|名))?[ ,]*)?(?:应该)?(?:就?是|是叫|叫做?|名叫)[ ,]*"
)
"""Everything that may stand before a name that replaces the one entered: 陈大文不是我，我叫.

叫 alone may call somebody: 叫王大夫.
"""

RELATIVE_CORRECTED = (
    r"[ ,]*(?:(?:不对|错了)[ ,]*)?(?:"
    r"(?:(?:我|俺|咱)?们?家?的?(<kin>)|[他她])的?(?:名字?|姓名)?[ ,]*(?:应该)?(?:是叫|名叫|叫做|叫)|"
    r"应该(?:就?是|叫)|"
    r"不是([^\W\d_a-z]{2,4})[ ,]*(?:应该)?(?:就?是|叫)"
    r")[ ,]*"
)
"""Everything that may stand before a relative's name that replaces the one entered: 她叫, 应该是,
不是陈大文，是.

Its groups are the relative and the denied name.
"""

_MISTYPED = (
    "(?:[写输打填弄搞说报]|输入|填写)?(?:错|不对|有误)[了的啦啊]?[ ,]*+(?:应该|其实|正确的?|本来)?[ ,]*+"
)
MISTYPED_NAME = (
    r"[ ,]*(?:(我|本人|俺|[他她]|<kin>|(?:我|俺|咱)们?家?的?(?:<kin>))的?)?(?:名字?|姓名)的?"
    f"{_MISTYPED}(?:就?是|叫做?|为)[ ,]*"
)
"""Everything that may stand before the name that replaces a mistyped one: 名字写错了，是.

Its group says whose name it is.
"""

MISTYPED_NUMBER = (
    r"[ ,]*(?:(我|本人|俺|[他她]|(?:我|俺|咱)?们?家?的?(?:<kin>))的?)?(?:护照|身份证|证件|通行证)?号?码?"
    f"{_MISTYPED}就?[是为][ ,]*[0-9a-z][0-9a-z -]{{6,}}+[ ,]*"
)
"""A whole message that replaces a mistyped number: 号码写错了，是4401…; 不是4401… gives the wrong one."""

MISTAKEN_FOR = (
    r"[ ,]*+(?:不对|不是|错了|弄错了|搞错了)?[ ,]*+([^\W\d_a-z]{2,4}?)是(?:我|俺|咱)们?家?的?(<kin>)"
    "(?:的名字)?[ ,]*(?=(?:我|俺|咱)们?家?的?(?:<kin>))"
)
"""Words before a relative's name that the name entered is another relative's: 李秀英是我妈，我爸叫陈山."""

CALLED_OR_SHOWN = "(?:[来去证卡号吗么没]|大夫|字.?)$"
"""Endings after what looks like a name there: 她叫王芳来 calls somebody, 应该是单程证 names a document."""

NUMBER_AFTER_NAME = "(?:身份证|证件)?(?:号码?)?是?[ ,]*+[0-9x -]*+[ ,]*+"
"""A number with its words, or nothing, to the end of a message that corrects a name.

Possessive: a row of commas could be divided in more ways than can be tried.
"""

_OF_ANOTHER = (
    ",?(?:[这那它]?(?:就|却|才|其实)*是(?!我的|我自己|我本人|本人)|不是|"
    "(?:it|this|that)?(?:'s|is)(?:not|wrong|my|her|his))"
)
"""Words after a number that assign it to somebody else: 我是她儿子，号码4401…，这是她的."""

_DIGITS = f"([0-9]{{15,}}+x?+)(?!{_OF_ANOTHER})"
OWN_NUMBER = (
    f"(?<!不是)我的(?:身份证|证件)?(?:号码?)?是?,?{_DIGITS}|"
    f"(?<!not)my(?:own)?(?:id|identity|card)*(?:number|no)(?:is)?,?{_DIGITS}"
)
"""Words with which somebody calls a number their own; its groups hold the digits."""

HELPERS_NUMBER = f"我是[^,]{{1,6}}(?:{CHILDREN}),(?:身份证|证件)?(?:号码?)?是?,?{_DIGITS}"
"""Words with which a helper gives their own number, if it is asked for: 我是她儿子，号码4401…."""

NOT_WRITERS = "不是(?:给)?(?:我|俺|我?本人|我?自己)来?办(?:理|认证)?"
"""The errand is somebody else's, said where the writer's own details are read back: 不是我本人办."""
