"""Pieces that the patterns of `lexicon.intents` share, each under the name used for it in angle brackets."""

from collections.abc import Mapping
from types import MappingProxyType

from dialogs.reading.lexicon.kin import CHILDREN

FRAGMENTS: Mapping[str, str] = MappingProxyType(
    {
        # words that mean a death wherever they stand
        "death": (
            "去世|过世|离世|逝世|病逝|仙逝|辞世|往生|不在人世|过了?身(?!份)|亡故|身故|病故|已故|仙游|"
            "驾鹤|归西|寿终|死亡|入土|走得很安详|(?:离开|离)了?(?:人世|我们)|火化|出殡|百年归老"
        ),
        # words that mean one only straight after the person: 我妈不在家 does not
        "gone": "走了|不在了|没了|死了|死掉了?|没有了|走的|丢下我们走了",
        "when": (
            "(?:已经?|都|早就?|早已|上个?月|上周|上星期|前天|昨天|昨晚|前几天|去年|前年|今年|今早|今天|"
            "年初|年底|(?:前|去|今)年年?[初底中]?|[0-9一二三四五六七八九十]+月份?|"
            "(?:[0-9一二三四五六七八九十两几]+个?[年月天]前?))"
        ),
        "after_gone": (
            "(?:$|,(?!去|出|回|上|买)|的|(?!半天)[0-9一二三四五六七八九十两几半好多快]+个?(?:[年月]|天(?!才|的?路))|怎么|要不要|"
            "还要|还用|是不是|该|以后|之后|后|啊|呀|呢|吗)"
        ),
        "gone_after_kin": "(?:<kin>|[他她])(?:人|老人家)?<when>{0,3}(?:<gone>)<after_gone>",
        # dying denied, or only imagined
        "alive": (
            "(?:没有?|未|不是|并非|并没有?|还没有?|又没有?|不会)(?:说|是)?(?:<death>|死|走)|活着|健在|"
            "(?:走了|不在了|死了)(?:以后|之后|后)再(?:办|来|弄|认|去|说)|"
            "(?<!不)在世|还在(?!办|等|认)|"
            "(?:万一|如果|要是|假如|哪天|倘若|等到?).{0,6}(?:<death>|死|走了)"
        ),
        "records": "信息|资料|数据|记录|档案|照片",
        "face": "人脸|刷脸|脸部|面部|我的脸",
        "money": "钱|养老金|退休金|养老钱|退休工资|待遇|工资",
        "do": "办|弄|搞|做|认|验|刷|审|整|填",
        "look_at": (
            "链接|连接|字|图|按钮|按键|屏幕|选项|消息|提示|入口|界面|页面|圆点|圈|菜单|哪里|在哪|二维码|"
            "回执|结果|记录"
        ),
        "object": (
            "医保|社保卡|缴费|交费|参保|报销|挂失|补卡|注销|户口|公积金|失业|生育|银行卡|低保|养老院|手机卡"
        ),
        # checks of other benefits and schemes, which are not made here
        "other_benefit": (
            "(?:高龄|老龄|老年|老人|长者|尊老|敬老|长寿|残疾|护理|生活|遗属|生育)(?:人|者)?的?(?:津贴|补贴|补助|金(?!认证成功))|低保|五保|"
            "(?:机关|事业单位|公务员|教师|老师).{0,6}(?:<certify>)"
        ),
        "paper": "链接|连接|二维码|身份证|护照|证件|通行证|居住证|回乡证|页面|网页|银行卡|社保卡|照片|验证码",
        "certify": "认证|年审|年检|年申|生存证明|刷脸|人脸识别|办理|验证身份",
        # somebody else after 叫我 or 通知: 叫我女儿来 asks for no reminder
        "else": f"我?的?(?:<kin>|{CHILDREN}|[他她])",
        # the check itself refused: 能不能, 要不要 and 是不是 ask for it
        "no_check": (
            "(?:取消|停止)(?:这次|我的?|本次)?(?:<certify>)$|"
            "(?<![能可要用是该么啥])(?:不|别)(?:想|要|用|必|需要|会|愿意)?(?:再|去)?(?:(?:给|帮|替|为|代)<mine>"
            "(?:<kin>|[他她])?)?(?:做|办)?(?:<certify>)(?:了|啦)?$"
        ),
        "mine": "(?:我|俺|咱|我们)?的?",
        "polite": "(?:请|麻烦|我|想|要|那|就|吧|了|啊|呀|呢|哦|,|您?好|你|您|可以|现在|啦|一下)",
    }
)
"""Patterns that `<name>` stands for in a row; one may contain another."""
