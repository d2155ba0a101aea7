"""Chinese answers to what people ask or mention in passing."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.language.keys import Key
from messages.zh.chat.errand import OTHER_ROUTES

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.THANKS: "不客气，有事随时找我。",
        Key.UNPAID: "养老金没到账，先看认证过期了没有：回复“什么时候到期”。过了期就认证一次，恢复发放由社保经办机构办理。"
        "没有过期，请拨 12333，或联系{office}查一查。",
        Key.NOT_OURS: "这件事我帮不上：我只办每年的养老资格认证，和查询认证结果。金额、发放日期、医保和社保卡，请拨 12333，或问{office}。",
        Key.SAFE: "认证不收费。我只问姓名和证件，不问银行卡、密码和验证码，也不会叫您转账；这样问您的就是骗子。\n"
        "短信、电话里的链接先别点，要认证就在这个公众号里办。不放心，请拨 12333 核实；钱已经转出去了，请马上拨 110。",
        Key.LEGAL_TEXTS: '点蓝字就能看：<a href="{agreement}">《用户服务协议》</a>和<a href="{privacy}">《隐私政策》</a>。'
        "看不明白的，可以请家人念给您听。",
        Key.MISUSED: "别着急，这件事要由工作人员来查：请拨 12333，或联系{office}，说清是谁的认证、怎么发现的。查实是别人冒办的，那次认证可以作废。\n"
        "您刚才说的，这里没有当作办理，也没有改动什么。身份证要是丢了，请先到派出所挂失。",
        Key.DISTRESS: "听您这么说，我很惦记您。心里再苦，也别一个人扛着：请拨 12356，全国的心理援助热线，有人好好听您说。"
        "也请叫一声身边的家人、邻居来陪陪您；有危险，马上拨 120 或 110。\n认证的事先放一放，等您好些了再办。",
        Key.SURVIVOR: "请您节哀。在世的这位照常认证，由本人刷脸：给自己办点“本人办理”，替家人办点“为他人办理”。\n"
        "去世的那位不用认证了，请回复“报告去世”，我把提醒停掉，也告诉社保经办机构。",
        Key.WHICH_PENSION: "在单位、工厂上班，或自己交职工养老保险，到年纪退休的，是“企业职工养老保险”；"
        "没有单位，在村里或社区参保，满六十岁领的，是“城乡居民养老保险”。机关事业单位的不在这里认证。\n"
        "选错了也不要紧，查不到再换一种。拿不准，请拨 12333，或问{office}。",
        Key.WHY: "每年认证一次，是为了确认养老金发给了该领的人。一般在上次认证满十二个月的那个月底前办好。"
        "过期没认证，待遇会暂停发放；补上认证以后，由社保经办机构恢复。",
        Key.DOCUMENTS_NEEDED: "不用带别的材料，手边有证件就行，要和社保登记的一样：居民身份证、港澳居民来往内地通行证、台湾居民来往大陆通行证、"
        "港澳台居民居住证、外国人永久居留身份证或护照。然后由待遇领取人本人刷脸，一共约两分钟。",
        Key.ANSWER: "{before}{office}{after}",
        Key.ANSWER_AND_ASK: "{before}{office}{after}\n{question}",
        Key.ELSEWHERE: "人在哪里都可以办，要由待遇领取人本人刷脸。没有智能手机，可以用家人的手机，一部手机能给几位家人办，点“为他人办理”；"
        "不在一起，就点“转给家人”把链接发过去。\n" + OTHER_ROUTES,
    }
)
