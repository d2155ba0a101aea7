"""Pieces that the patterns of `intents.table` share, each under the name used for it in angle brackets."""

from collections.abc import Mapping
from types import MappingProxyType

from dialogs.reading.lexicon.kin import CHILDREN, KIN
from dialogs.reading.lexicon.schemes import OTHER_SCHEMES

FRAGMENTS: Mapping[str, str] = MappingProxyType(
    {
        # words that mean a death wherever they stand
        "death": (
            "去世|过世|离世|逝世|病逝|仙逝|辞世|往生|不在人世|过了?身(?!份)|亡故|身故|病故|已故|仙游|"
            "驾鹤|归西|寿终|死亡|入土|走得很安详|(?:离开|离)了?(?:人世|我们)|火化|出殡|百年归老"
        ),
        # words that mean one only straight after the person: 我妈不在家 does not
        "gone": "走了|不在了|没了|死了|死掉了?|没有了|走的|丢下我们走了",
        # what the family of a dead person can claim, which is no report of the death
        "death_money": (
            "(?:丧葬|抚恤|安葬|殡葬|殓葬|火化|埋葬|帛金|白金|遗属)(?:补助|补贴|费|金|钱|待遇|津贴)*"
            ".{0,6}(?:领|拿|攞|给|有|能|可|多少|几多|几钱|怎么|咋|点|如何|吗|申请|找|问|去|要|什么|边)|"
            "(?:领|拿|攞|给|有|申请|找).{0,6}(?:丧葬|抚恤|安葬|殡葬|殓葬|埋葬费|火化费|帛金|白金|遗属)"
        ),
        "when": (
            "(?:已经?|都|早就?|早已|上个?月|上周|上星期|前天|昨天|昨晚|前几天|去年|前年|今年|今早|今天|"
            "年初|年底|(?:前|去|今)年年?[初底中]?|[0-9一二三四五六七八九十]+月份?|"
            "(?:[0-9一二三四五六七八九十两几]+个?[年月天]前?))"
        ),
        "after_gone": (
            "(?:$|,(?!去|出|回|上|买)|的|(?!半天)[0-9一二三四五六七八九十两几半好多快]+个?(?:[年月]|天(?!才|的?路))|"
            "怎么|要不要|还要|还用|今年还|(?:上个?月|上周|上星期|去年|前年|年初|年底)(?:$|,)|剩(?:下)?我|"
            "(?:现在|怎么|为什么)?还(?:收到|发|来)|[好很]久了?,?(?:怎么|为什么|咋)?还(?:收到|发(?=提醒|通知)|提醒|通知)|"
            "是不是|该|我们?(?:该|要|可)?(?:怎么|咋)|"
            "以后|之后|后|啊|呀|呢|吗|不是我(?:<do>|认证))"
        ),
        "gone_after_kin": "(?:<kin>|[他她])(?:人|老人家)?<when>{0,3}(?:<gone>)<after_gone>",
        # only characters of old people's names: 我妈罗汉松死了 and 我妈李姐笑死了 report no death
        "full_name": (
            "[王李张刘陈杨赵吴周徐孙朱郭何林罗郑梁谢宋韩冯邓曹彭董袁蔡蒋魏苏吕卢姚沈崔谭廖贾邹邱侯薛]"
            "<of_name>{2}"
        ),
        "of_name": "[秀英玉兰桂珍凤芳淑华素梅翠芬琴娟惠琼丽文德福国建永志忠荣祥庆军伟民明]",
        "close_kin": "|".join(KIN[one] for one in ("mother", "father", "spouse", "grandparent")),
        # nothing else in the message: words before it may deny a death, and words after it may tell of a walk
        "gone_alone": (
            "^(?:[你您]好,)?(?:我|俺|咱|我们)?家?的?(?:<close_kin>)(?:<full_name>)?<when>{0,2}"
            "(?:死了|没了|不在了|去逝|走了[0-9一二三四五六七八九十两几好多]+年|(?:死了|走了|没了|不在了)[好很]久(?=了)|"
            "在?睡梦[中里]走了|睡(?:着|过去)了?,?就?(?:再也?没有?|没有?再)醒(?:过来|来)?)[了啦喇]?$"
        ),
        # dying denied, or only imagined
        "alive": (
            "(?:没有?|未|不是|并非|并没有?|还没有?|又没有?|不会)(?:说|是)?(?:<death>|死|走)|活着|活得|硬朗|健在|"
            "(?:系统|你们|社保|电脑).{0,8}(?:显示|写|(?:登记|弄|标|当)[成为]).{0,5}(?:<death>|死|已故)|"
            "(?:系统|电脑)上?说.{0,5}(?:<death>|死)|"
            "(?:走了|不在了|死了)(?:以后|之后|后)再(?:办|来|弄|认|去|说)|"
            "(?<!不)在世|还在(?!办|等|认)|"
            "(?:万一|如果|要是|假如|哪天|倘若|(?<!稍)等(?!一?下|会|等)到?).{0,6}(?:<death>|死|走了|不在了|没了)"
        ),
        "records": "信息|资料|数据|记录|档案|照片",
        "whose": "我|本人|(?:我|咱|俺|家里?)?(?:<kin>)|[他她]",
        "face": "人脸|刷脸|脸部|面部|我的脸",
        "money": "钱|养老金|退休金|养老钱|退休工资|待遇|工资",
        "do": "办|弄|搞|做|认|验|刷|审|整|填",
        "look_at": (
            "链接|连接|字|图|按钮|按键|屏幕|选项|消息|提示|入口|界面|页面|圆点|圈|菜单|哪里|在哪|二维码|"
            "回执|结果|记录"
        ),
        "object": (
            "医保|社保卡|缴费|交费|参保|报销|挂失|补卡|注销|(?<!农村)(?<!农业)户口(?!本|簿)|公积金|失业|生育|银行卡|低保|养老院|手机卡"
        ),
        # checks of other benefits and schemes, which are not made here
        "other_benefit": (
            "(?:高龄|老龄|老年|老人|长者|尊老|敬老|长寿|残疾|护理|生活|遗属|生育)(?:人|者)?的?"
            "<benefit_kind>(?:津贴|补贴|补助|金(?!认证成功))|两项补贴|低保|五保|"
            f"(?:{OTHER_SCHEMES}).{{0,6}}(?:<certify>)"
        ),
        "benefit_kind": "(?:两项|生活|困难|重度|护理|和)*",
        "item": "链接|连接|二维码|身份证|护照|证件|通行证|居住证|回乡证|页面|网页|银行卡|社保卡|照片|验证码",
        "certify": "认证|年审|年检|年申|生存证明|刷脸|人脸识别|办理|验证身份",
        # somebody else after 叫我 or 通知: 叫我女儿来 asks for no reminder
        "else": f"我?的?(?:<kin>|{CHILDREN}|[他她])",
        # whether a reminder will come, which asks for none
        "will_remind": (
            "(?:会|还|仲)(?:再|继续)?(?:给我|来|发)*(?:提醒|通知)(?:我们?|一下)?的?(?:吗|么|嘛|咩|呢|不$|没$)|"
            "(?:会不会|是不是|有没有)(?:再|继续|还会?|会)?.{0,4}(?:提醒|通知)(?:我|$)|"
            "(?:还有|有没有|有)(?:到期)?(?:提醒|通知)(?:吗|么|没|不|$)|"
            "提醒(?:功能)?(?:还在|还有|开通?|订阅?|设置?)(?:了|好|着)*(?:吗|么|没有?|未)|"
            "(?:怎么|怎样|如何|点样|什么时候|啥时候?|几时|哪天|几号|提前(?:几|多少)天|提前多久)"
            "(?:会|才|来|给|发)*(?:提醒|通知)(?:我|$|吗|呢|的)"
        ),
        # the check itself refused: 能不能, 要不要 and 是不是 ask for it
        "no_check": (
            "(?:取消|停止)(?:这次|我的?|本次)?(?:<certify>)$|"
            "(?<![能可要用是该么啥])(?:不|别)(?:想|要|用|必|需要|会|愿意)?(?:再|去)?(?:(?:给|帮|替|为|代)<mine>"
            "(?:<kin>|[他她])?)?(?:做|办)?(?:<certify>)(?:了|啦)?$"
        ),
        # the work left for now; with a reason behind it, or alone
        "give_up": (
            "(?:^|,)(?:那|就|我|还是|今天|今日)*(?:算了|先)?,?(?:先|暂时)?"
            "(?:不|唔)(?:想)?(?:<do>)(?:了|啦|先|喇)(?:,|$)"
        ),
        "half_done": (
            "(?:上次|上回|昨天|琴日|刚才|之前|前几天).{0,4}(?:(?:<do>)(?:到|了)?一半|没(?:有)?(?:<do>)完)"
        ),
        "only_in_person": (
            "(?:不是|非|没有?|不)(?:我)?(?:本人|自己)(?:来|去|到场|在场)?(?:就|都|,)*"
            "(?:不(?:能|可以|让|给|许|准|行|得)|办不|认不|刷不|弄不|搞不|可不可以|能不能|行不行)"
        ),
        "our_couple": "(?:(?<=我)|俺|咱)们?(?:老?[两俩]口子?|夫妻(?:俩|两个?人?)?|两公婆)",
        "mine": "(?:我|俺|咱|我们)?的?",
        # no word is composed of two others: such a row could be read in many ways, and a long one would hang
        "polite": "(?:请|麻烦|我|想|要|那|就|吧|了|啊|呀|呢|哦|,|好|你|您|可以|现在|啦|一下)",
    }
)
"""Patterns that `<name>` stands for in a row; one may contain another."""
