"""Chinese texts of a talk with a clerk (人工服务), from the request to its end."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.language.keys import Key

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.CLERK_ASKED: "好的，已经请工作人员来帮您。请把问题打字写在这里，工作人员看到后会在这里回复您。\n"
        "着急可以拨 12333。不想等了，回复“结束人工”。",
        Key.CLERK_STILL_ASKED: "已经请了工作人员，请再等一等，不用重复点。您写的话都会转过去。着急可以拨 12333。",
        Key.CLERK_CLOSED: "现在没有工作人员在，{when}上班。到时候再回复“人工服务”，就有人接待您。\n"
        "着急请拨 12333，或联系{office}。您填的内容都还在，随时可以继续。",
        Key.CLERK_CLOSED_OWN: "{sentence}",
        Key.CLERK_TOLD: "已转给工作人员，请稍等。不想等了，回复“结束人工”。",
        Key.CLERK_READS_TEXT: "工作人员知道您发了{what}，不过在这里只能看到文字，{what}我们也没有保存。"
        "请打几个字告诉我们，或拨 12333 直接说。",
        Key.CLERK_HEARS_NO_VOICE: "工作人员知道您发了语音，不过在这里听不了，语音我们也没有保存。"
        "不想打字，键盘上的话筒能把说的话变成字；也可以拨 12333 直接说。",
        Key.CLERK_DOES_NOT_DO_THIS: "这件事不用工作人员，您自己就能办。请先回复“结束人工”，再把刚才的话说一遍。",
        Key.CLERK_CAME: "工作人员来了，您刚才写的话已经看到。想回到自助办理，回复“结束人工”。",
        Key.CLERK_SAYS: "【工作人员】{words}",
        Key.TALK_ENDED: "好的，人工服务结束了。",
        Key.TALK_ENDED_BY_CLERK: "工作人员的服务先到这里，下面接着自助办理。还需要人帮忙，随时回复“人工服务”。",
        Key.TALK_SILENT: "有一会儿没有新的消息，人工服务先结束了。还需要人帮忙，随时回复“人工服务”。",
        Key.TALK_UNANSWERED: "对不起，让您久等了，这会儿没有工作人员能接待。您写的话已经留下，工作人员上班后会看。着急请拨 12333。",
    }
)
