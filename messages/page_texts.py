"""What the pages say: answers to a capture, prompts of the live one, why a link is closed."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.catalogue import BUSY_TEXT

_CAPTURE: Mapping[str, str] = MappingProxyType(
    {
        "ok": "认证成功。请返回微信查看结果。",
        "no_face": "没有看到人脸，请正对手机，让整张脸在圆圈里。",
        "multiple_faces": "画面里有不止一个人，请只留一位。",
        "too_dark": "光线太暗，请开灯或面向窗户。",
        "too_bright": "光线太亮，请避开强光。",
        "blurred": "照片有点模糊，请拿稳手机，擦一擦镜头。",
        "too_far": "离得太远，请靠近一点。",
        "too_close": "离得太近，请拿远一点。",
        "off_centre": "脸不在中间，请移到圆圈里。",
        "not_frontal": "请正对屏幕，不要侧脸。",
        "covered": "请摘下口罩、墨镜和帽子。",
        "no_reference": "系统里还没有您的人脸照片，请到社保经办机构拍一张，不算失败。",
        "not_live": "这里需要现场刷脸，照片不能用。请按提示用摄像头刷脸，或到社保经办机构办理。",
        "expired": "这个链接已经过期。请返回微信，点“重新识别”换一个新的。",
        "used": "这个链接已经用过。请返回微信看结果，或点“重新识别”。",
        "busy": BUSY_TEXT,
        "bad_media": "这个文件打不开，请重新拍一张照片。",
        "too_large": "文件太大，请重新拍一张。",
        "no_consent": "请先阅读并同意刷脸说明。",
        "challenge_failed": "做不了这些动作也没关系，不算失败。"
        "可以到社保经办机构、预约上门，或拨 12333 办理。",
        "unknown": "没有找到这个链接。请返回微信重新开始。",
        "too_fast": "请稍等一下，再试一次。",
    }
)
LAPSED_TEXT = "待遇状态异常，请联系待遇领取地社保经办机构核实。请返回微信查看。"
"""On the page, when the face passed and the registry says no meanwhile."""

_ONCE_MORE = "没关系，换几个动作，我们再来一次，慢慢跟着圆点就好。"
_CAPTURE_FAILED = "认证失败。原因说明：人脸模型信息不匹配。请返回微信，点“重新识别”再试。"


def capture_message(outcome: str, reason: str) -> str:
    """Return the sentence of a capture answer, for the contract's `outcome` and `reason`."""
    return _CAPTURE_FAILED if outcome == "failed" else _CAPTURE.get(reason, BUSY_TEXT)


def hint_message(reason: str) -> str:
    """Return the sentence of a correction; after a wrong movement, that there is another chance."""
    return _ONCE_MORE if reason == "challenge_failed" else capture_message("retry", reason)


PROMPT_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "centre": "请正对屏幕，看着圆点不动。",
        "turn_left": "请跟着圆点，慢慢向左转头。",
        "turn_right": "请跟着圆点，慢慢向右转头。",
        "look_up": "请跟着圆点，慢慢抬头。",
        "look_down": "请跟着圆点，慢慢低头。",
        "closer": "请把脸慢慢靠近一点。",
    }
)
"""What the guided live capture asks for, by the contract's action."""

REHEARSAL_STILL = "这张照片演不出转头，请换一位示例人物。"
REHEARSAL_CLOSED = "这个链接不能再演练了。请返回聊天，点“重新识别”换一个新的。"
"""Said by the demo where a photo acts in a visitor's place."""

WRONG_DETAILS = "请再看一看姓名和证件号码。"
"""Said by the demo's enrolment form."""

OTHER_ACCOUNT_TEXT = "请用申请这个链接的微信打开。"
"""A capture page that another account opened, or none that could be made out."""

HANDED_ON_TEXT = "这个链接已经在另一个微信里打开，只能在那里继续。"
"""A handed-over link (转给家人) that belongs to another phone already."""

SNAPSHOT_TEXT = "请点屏幕下方的“使用完整服务”，再打开一次。"
"""WeChat's preview of a page (快照页): the account in it is not real."""
