"""Chinese answers of the pages, to a capture or a closed link, and the prompts of the guided capture."""

from collections.abc import Mapping
from types import MappingProxyType

BUSY = "系统繁忙，请稍后再试。"

ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        "ok": "认证成功。请返回微信查看结果。",
        "no_face": "没有看到人脸，请正对手机，让整张脸在圆圈里。",
        "multiple_faces": "还有别的脸，请只留一位，避开墙上的照片。",
        "too_dark": "光线太暗，请开灯或面向窗户。",
        "too_bright": "光线太亮，请避开强光。",
        "blurred": "照片有点模糊，请拿稳手机，擦一擦镜头。",
        "too_far": "离得太远，请靠近一点。",
        "too_close": "离得太近，请拿远一点。",
        "off_centre": "脸不在中间，请移到圆圈里。",
        "not_frontal": "请正对屏幕，不要侧脸。",
        "covered": "请露出嘴和下巴，摘下口罩或围巾。",
        "no_reference": "系统里还没有您的人脸照片，请到社保经办机构拍一张，不算失败。",
        "not_live": "这里需要现场刷脸，照片不能用。请按提示用摄像头刷脸，或到社保经办机构办理。",
        "expired": "这个链接已经过期。请返回微信，点“换一个链接”。",
        "used": "这个链接已经用过。请返回微信看结果，或点“换一个链接”。",
        "busy": BUSY,
        "bad_media": "这个文件打不开，请重新拍一次。",
        "too_large": "文件太大，请重新拍一次。",
        "no_consent": "请先阅读并同意刷脸说明。",
        "challenge_failed": "做不了这些动作，没关系，不算失败。可以到社保经办机构、预约上门，或拨 12333 办理。",
        "unknown": "没有找到这个链接。请返回微信重新开始。",
        "too_fast": "请稍等一下，再试一次。",
    }
)

MEDIA: Mapping[str, str] = MappingProxyType(
    {
        "photo_other_kind": "这个文件不是能用的照片。请用手机相机，现在拍一张。",
        "photo_unreadable": "这张照片打不开，请重新拍一张。",
        "photo_too_large": "这张照片太大，请用手机相机重新拍一张。",
        "video_other_kind": "这不是视频，照片在这里不能用。请用手机录一段视频，不超过 20 秒。",
        "video_unreadable": "这段视频打不开、太短，或者画面没有动。请在亮处重新录一段，做完动作再停。",
        "video_too_large": "这段视频太大，传不上来。请重新录一段，不超过 20 秒。",
        "video_too_long": "这段视频超过 20 秒了。请重新录一段短一点的。",
        "video_old": "这段视频是以前录的，在这里不能用。请现在录一段。",
        "live_unreadable": "摄像头停住了，不算失败。可以再试一次，也可以录一段视频。",
        "live_used_up": "现场刷脸断了几次，不算失败。请录一段视频，或返回微信，点“换一个链接”。",
    }
)
"""Faults of a file or a camera: `photo`, `video` or `live`, and what is wrong with it."""

PROMPTS: Mapping[str, str] = MappingProxyType(
    {
        "centre": "请正对屏幕，看着圆点不动。",
        "turn_left": "请跟着圆点，慢慢向左转头。",
        "turn_right": "请跟着圆点，慢慢向右转头。",
        "look_up": "请跟着圆点，慢慢抬头。",
        "look_down": "请跟着圆点，慢慢低头。",
        "closer": "请把脸慢慢靠近一点。",
    }
)
"""Prompts of the guided capture, by action."""

FILM_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "centre": "正对手机，看着镜头不动。",
        "turn_left": "慢慢向左转头。",
        "turn_right": "慢慢向右转头。",
        "look_up": "慢慢抬头。",
        "look_down": "慢慢低头。",
        "closer": "把脸慢慢靠近一点。",
    }
)
"""What a recorded video must show, by action: the phone's own camera draws no dot to follow."""

HINTS: Mapping[str, str] = MappingProxyType(
    {
        "challenge_failed": "没关系，换几个动作，我们再来一次，慢慢跟着圆点就好。",
        "bad_media": "没有新画面，请看看镜头，把灯开亮。",
        "more": "对，再多转一点。",
        "more_look_up": "对，再多抬一点。",
        "more_look_down": "对，再多低一点。",
        "more_closer": "对，再靠近一点。",
        "too_far_turned": "动作小一点就够了。",
        "other_movement": "不要紧，请看着圆点，再做一次。",
        "no_movement": "不着急，请跟着圆点，慢慢做。",
        "centre_again": "请把头回正。",
        "slow_line": "网络有点慢，请稍等。",
    }
)
"""Corrections of the guided capture, by reason, or by reason and action (`more_look_up`).

A reason that is not listed here is worded as in ANSWERS.
"""

_NOT_MATCHED = "认证失败。原因说明：人脸模型信息不匹配。"
_ENOUGH_FOR_TODAY = "今天刷脸已经试了好几次，先歇一歇，明天可以再试。换个办法也一样有效。"
FAILURES: Mapping[str, str] = MappingProxyType(
    {
        "mismatch": _NOT_MATCHED + "请本人到亮处，摘下口罩和帽子，再试一次。",
        "not_live": _NOT_MATCHED + "没有看清动作，请到亮处，慢慢再做一次。",
        "challenge_failed": _NOT_MATCHED + "动作没有对上，请听完一句，再慢慢做。",
        "person_changed": _NOT_MATCHED + "中途看到别的脸，请只让本人对着手机。",
    }
)
"""Why a capture failed, by reason; the first sentences are the guide's."""

NOTICES: Mapping[str, str] = MappingProxyType(
    {
        "recognised": "核对通过。",
        "lapsed": "待遇状态异常，请联系待遇领取地社保经办机构核实。请返回微信查看。",
        "failed_for_today": _NOT_MATCHED + _ENOUGH_FOR_TODAY,
        "enough_for_today": _ENOUGH_FOR_TODAY,
        "other_account": "请用申请这个链接的微信打开。",
        "handed_on": "这个链接已经在另一个微信里打开，只能在那里继续。",
        "snapshot": "请点屏幕下方的“使用完整服务”，再打开一次。",
    }
)
"""Answers and pages that belong to no reason of a capture."""

DEMO: Mapping[str, str] = MappingProxyType(
    {
        "rehearsal_still": "这张照片演不出转头，请换一位示例人物。",
        "rehearsal_closed": "这个链接不能再演练了。请返回聊天，点“换一个链接”。",
        "wrong_details": "请再看一看姓名和证件号码。",
    }
)
"""Texts of the demo; it has no other language."""

SENT: Mapping[str, str] = MappingProxyType(
    {
        "image": "图片",
        "voice": "语音",
        "video": "视频",
        "shortvideo": "视频",
        "location": "位置",
        "link": "链接",
        "file": "文件",
        "sticker": "表情",
    }
)
"""Messages that are not text, by kind; a clerk reads them in brackets."""
