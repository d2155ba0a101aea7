"""Chinese texts for the middle of an errand, where something slips, is forgotten, is done or put off."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.keys import Key

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.NUMBER_AGAIN: "没关系，对着证件，慢慢再输一遍号码。",
        Key.NUMBER_LENGTH: "您输入了 {count} 位，证件号码一共 18 位。请对着证件，四个四个地念，再输一遍。",
        Key.UNSEND: "消息不用撤回：填错了，回复“修改”；选错了，回复“上一步”；不想办了，回复“返回首页”。\n"
        "想撤回刷脸的同意，回复“撤回人脸同意”；想删掉留在这里的信息，回复“删除我的信息”。",
        Key.WHERE_TO_TAP: "蓝色的字都能点，点一下就行；点不动，就回复前面的数字。",
        Key.FORGOT_NAME: "不着急，姓名照着证件写就行：居民身份证在有照片的那一面，第一行。证件不在手边，可以请家人看一看。",
        Key.FORGOT_NUMBER: "不着急，号码印在证件有照片的那一面，或者那一页。证件不在手边，可以请家人看一看，或拨 12333。",
        Key.FORGOT_NUMBER_OF_ID: "不着急，号码印在身份证有照片的那一面，最下面一行，十八位；户口本上也有。"
        "都不在手边，可以请家人看一看，或拨 12333。",
        Key.FORGOT: "不着急，慢慢想。",
        Key.CHOOSE_SCHEME_AGAIN: "好的，重新选一下：领取的是哪种待遇？机关事业单位的养老金不在这里认证，请拨 12333。",
        Key.NOT_YET: "还没有。{name} 这一次的认证还没有记录：刷脸通过以后，结果和回执号会马上发到这里。",
        Key.NOT_YET_AT_LINK: "{name} 刷脸的结果，这里还没有收到。\n"
        "刷脸的页面上要是写着“认证成功”，就是办好了，回执号马上会发到这里。没有写，请再点上面的链接接着刷；"
        "链接过期或打不开，请点“换一个链接”。",
        Key.CAPTURE_LINK_OLD: "上面的链接隔得久了，多半已经过期。请点“换一个链接”，马上给您一个新的，填过的内容都还在。",
        Key.NOT_YET_LINK_OLD: "{name} 刷脸的结果，这里还没有收到，上面的链接也隔得久了，多半已经过期。\n"
        "请点“换一个链接”，马上给您一个新的，填过的内容都还在。",
        Key.NOT_YET_FROM_FAMILY: "{name} 刷脸的结果，这里还没有收到，一收到就发给您。\n"
        "可以打个电话问一问：链接打开了没有，要用家人自己的微信打开。链接过期或打不开，请点“换一个链接”，再转发一次。",
        Key.NOT_YET_AFTER_FAILURE: "还没有。{name} 上一次刷脸没有通过，所以还没有记录。\n"
        "不着急，到亮处，点“重新识别”再刷一次。",
        Key.LATER: "好的，不着急，想办的时候随时回来。",
        Key.LATER_KEPT: "好的，不着急。填过的内容给您留 {days} 天，随时回来，说一声“继续”，就接着办。",
    }
)
