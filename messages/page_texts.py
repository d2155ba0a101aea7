"""What the pages answer: to a capture, before a closed link, and the prompts of the live one."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.catalogue import BUSY_TEXT
from messages.words import Word

BUSY = Word(BUSY_TEXT, "The system is busy. Please try again later.")

_CAPTURE: Mapping[str, Word] = MappingProxyType(
    {
        "ok": Word(
            "认证成功。请返回微信查看结果。", "Check passed. Please go back to WeChat to see the result."
        ),
        "no_face": Word(
            "没有看到人脸，请正对手机，让整张脸在圆圈里。",
            "No face to be seen. Please face the phone, your whole face in the oval.",
        ),
        "multiple_faces": Word(
            "画面里有不止一个人，请只留一位。",
            "There is more than one person in the picture. Please let only one stay.",
        ),
        "too_dark": Word(
            "光线太暗，请开灯或面向窗户。", "It is too dark. Please turn on a light, or face the window."
        ),
        "too_bright": Word(
            "光线太亮，请避开强光。", "It is too bright. Please turn away from the strong light."
        ),
        "blurred": Word(
            "照片有点模糊，请拿稳手机，擦一擦镜头。",
            "The picture is a little blurred. Please hold the phone still, and wipe the lens.",
        ),
        "too_far": Word("离得太远，请靠近一点。", "That is too far away. Please come a little closer."),
        "too_close": Word(
            "离得太近，请拿远一点。", "That is too close. Please hold the phone a little further away."
        ),
        "off_centre": Word(
            "脸不在中间，请移到圆圈里。", "Your face is not in the middle. Please move it into the oval."
        ),
        "not_frontal": Word("请正对屏幕，不要侧脸。", "Please face the screen, not sideways."),
        "covered": Word("请摘下口罩、墨镜和帽子。", "Please take off any mask, sunglasses or hat."),
        "no_reference": Word(
            "系统里还没有您的人脸照片，请到社保经办机构拍一张，不算失败。",
            "There is no photo of your face on record yet. Please have one taken at the pension office. "
            "This does not count as failed.",
        ),
        "not_live": Word(
            "这里需要现场刷脸，照片不能用。请按提示用摄像头刷脸，或到社保经办机构办理。",
            "This has to be a live face check, a photo does not do. "
            "Please follow the prompts in front of the camera, or go to the pension office.",
        ),
        "expired": Word(
            "这个链接已经过期。请返回微信，点“重新识别”换一个新的。",
            'This link has expired. Please go back to WeChat, and tap "Try again" for a new one.',
        ),
        "used": Word(
            "这个链接已经用过。请返回微信看结果，或点“重新识别”。",
            "This link has been used. "
            'Please go back to WeChat for the result, or tap "Try again" there for a new link.',
        ),
        "busy": BUSY,
        "bad_media": Word(
            "这个文件打不开，请重新拍一张照片。", "This file cannot be opened. Please take a new photo."
        ),
        "too_large": Word("文件太大，请重新拍一张。", "The file is too large. Please take a new one."),
        "no_consent": Word(
            "请先阅读并同意刷脸说明。", "Please read about the face check first, and agree to it."
        ),
        "challenge_failed": Word(
            "做不了这些动作也没关系，不算失败。可以到社保经办机构、预约上门，或拨 12333 办理。",
            "That is all right, it does not count as failed. "
            "Go to the pension office, book a home visit, or call 12333.",
        ),
        "unknown": Word(
            "没有找到这个链接。请返回微信重新开始。",
            "This link was not found. Please go back to WeChat and start again.",
        ),
        "too_fast": Word("请稍等一下，再试一次。", "Please wait a moment, then try again."),
    }
)
LAPSED = Word(
    "待遇状态异常，请联系待遇领取地社保经办机构核实。请返回微信查看。",
    "The pension record needs a look by the office that pays it. Please contact them. "
    "There is more to read in WeChat.",
)
"""On the page, when the face passed and the registry says no meanwhile."""

_ONCE_MORE = Word(
    "没关系，换几个动作，我们再来一次，慢慢跟着圆点就好。",
    "That is all right. We do it once more, with other movements. Just follow the dot slowly.",
)
_CAPTURE_FAILED = Word(
    "认证失败。原因说明：人脸模型信息不匹配。请返回微信，点“重新识别”再试。",
    "Check not passed. Reason: the face did not match the record. "
    'Please go back to WeChat, and tap "Try again".',
)


def capture_message(outcome: str, reason: str) -> Word:
    """Return the sentence of a capture answer, for the contract's `outcome` and `reason`."""
    return _CAPTURE_FAILED if outcome == "failed" else _CAPTURE.get(reason, BUSY)


def hint_message(reason: str) -> Word:
    """Return the sentence of a correction; after a wrong movement, that there is another chance."""
    return _ONCE_MORE if reason == "challenge_failed" else capture_message("retry", reason)


PROMPTS: Mapping[str, Word] = MappingProxyType(
    {
        "centre": Word("请正对屏幕，看着圆点不动。", "Face the screen, look at the dot, keep still."),
        "turn_left": Word("请跟着圆点，慢慢向左转头。", "Slowly turn your head left. Follow the dot."),
        "turn_right": Word("请跟着圆点，慢慢向右转头。", "Slowly turn your head right. Follow the dot."),
        "look_up": Word("请跟着圆点，慢慢抬头。", "Slowly raise your head. Follow the dot."),
        "look_down": Word("请跟着圆点，慢慢低头。", "Slowly lower your head. Follow the dot."),
        "closer": Word("请把脸慢慢靠近一点。", "Slowly bring your face a little closer."),
    }
)
"""What the guided live capture asks for, by the contract's action."""

OTHER_ACCOUNT = Word("请用申请这个链接的微信打开。", "Please open this link in the WeChat that asked for it.")
"""A capture page that another account opened, or none that could be made out."""

HANDED_ON = Word(
    "这个链接已经在另一个微信里打开，只能在那里继续。",
    "This link has been opened in another WeChat, and goes on only there.",
)
"""A handed-over link (转给家人) that belongs to another phone already."""

SNAPSHOT = Word(
    "请点屏幕下方的“使用完整服务”，再打开一次。",
    "Please tap the button for the full service at the bottom of the screen, and open this once more.",
)
"""WeChat's preview of a page (快照页): the account in it is not real."""

REHEARSAL_STILL = "这张照片演不出转头，请换一位示例人物。"
REHEARSAL_CLOSED = "这个链接不能再演练了。请返回聊天，点“重新识别”换一个新的。"
"""Said by the demo's panel, where a photo acts in a visitor's place."""

WRONG_DETAILS = "请再看一看姓名和证件号码。"
"""Said by the demo's enrolment form."""
