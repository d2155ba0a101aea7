"""Chinese texts about whose an account is, and who may act from it."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.keys import Key

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.AGENCY_ENDED: "好的，已经解除。以前替您办理过的人，看不到您的认证情况了，要再办须重新登记。",
        Key.AGENCY_UNKNOWN: "要先本人刷脸认证一次，我才知道是您。认证成功后，再回复“解除代办”。",
        Key.READ_BACK_WHOSE: "请核对：姓名 {name}，{id_type} {number}，{scheme}。\n"
        "这个微信登记的是 {agent}。{name} 是您本人吗？是，请点“下一步”；是替家人办，请点“为他人办理”。",
        Key.BOUND_ELSEWHERE: "告诉您一声：刚才有另一个微信，由 {name} 本人刷脸通过，现在也能看到 {name} 的认证情况。\n"
        "是自己或家人办的，不用管它。要是不认识，请 {name} 用自己的微信回复“解除代办”，别的微信就都看不到了。",
        Key.UNBOUND_ELSEWHERE: "这个微信看不到 {name} 的认证情况了：刚才在另一个微信上，有人以 {name} 的身份回复了“解除代办”。"
        "认证记录和养老金都不受影响。\n"
        "您就是 {name}，又不是您自己解除的？请再用“本人办理”刷一次脸，然后在这里回复“解除代办”，别的微信就看不到了。",
    }
)
