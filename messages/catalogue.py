"""Every sentence that the service says in chat and in capture answers, by key."""

from collections.abc import Mapping
from enum import StrEnum, auto
from types import MappingProxyType

TERMS_VERSION = "2026-11"
"""Version of 《用户服务协议》 and 《隐私政策》; stored with each consent."""

FACE_TERMS_VERSION = "2026-11"
"""Version of the face consent's wording on the capture page."""

BUSY_TEXT = "系统繁忙，请稍后再试。"


class Key(StrEnum):
    """Names of the chat's messages."""

    WELCOME = auto()
    AGREEMENT = auto()
    GUIDE = auto()
    MANNER = auto()
    AGENT_NAME = auto()
    AGENT_ID_TYPE = auto()
    AGENT_NUMBER = auto()
    NAME = auto()
    NAME_OF_OTHER = auto()
    ID_TYPE = auto()
    NUMBER = auto()
    NUMBER_18 = auto()
    READ_BACK = auto()
    CHECKING = auto()
    NOTICE = auto()
    NOTICE_FOR_OTHER = auto()
    LINK = auto()
    PASSED = auto()
    PASSED_IN_REHEARSAL = auto()
    RECORD = auto()
    NO_RECORD = auto()
    FAILED_MISMATCH = auto()
    FAILED_THREE = auto()
    CAPTURE_WAITING = auto()
    MISMATCH = auto()
    ABNORMAL = auto()
    NO_REFERENCE = auto()
    BUSY = auto()
    WRONG_NAME = auto()
    WRONG_ID_TYPE = auto()
    WRONG_NUMBER = auto()
    HELP = auto()
    HUMAN = auto()
    NOT_UNDERSTOOD = auto()
    NOT_UNDERSTOOD_THRICE = auto()
    MEDIA = auto()
    CITY_KNOWN = auto()
    NO_REMINDERS = auto()


_OFFICE = "请联系{office}社保经办机构（可拨 12333）核实个人信息。"
_OTHER_ROUTES = "不方便刷脸，也可以到社保经办机构、预约上门，或拨 12333。"

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.WELCOME: "您好，这里是养老待遇资格认证服务。每年一次，刷脸确认，养老金照常发放。\n"
        "请选择您领取的待遇。需要人帮忙，回复“人工服务”。",
        Key.AGREEMENT: '您选的是{scheme}。开始之前，请阅读<a href="{agreement}">《用户服务协议》</a>'
        '和<a href="{privacy}">《隐私政策》</a>。您的信息只用于这次认证，人脸照片验完即删。',
        Key.GUIDE: "办事指南：一共四步，约两分钟。① 填写姓名和证件 ② 核对 ③ 刷脸 ④ 看到“认证成功”。"
        f"请准备好证件，到光线亮的地方。\n{_OTHER_ROUTES}",
        Key.MANNER: "给谁办理？",
        Key.AGENT_NAME: "先登记您（代办人）的姓名。只需一次。请输入您的姓名（和证件上一样）。",
        Key.AGENT_ID_TYPE: "好的，{name}。请选择您（代办人）的证件类型：",
        Key.AGENT_NUMBER: "请输入您（代办人）的证件号码。",
        Key.NAME: "请输入您的姓名（和证件上一样）。",
        Key.NAME_OF_OTHER: "请输入待遇领取人的姓名（和证件上一样）。",
        Key.ID_TYPE: "好的，{name}。请选择证件类型：",
        Key.NUMBER: "请输入{id_type}的证件号码。",
        Key.NUMBER_18: "请输入{id_type}的证件号码（18 位，最后一位可能是 X）。",
        Key.READ_BACK: "请核对：姓名 {name}，{id_type} {number}，{scheme}。",
        Key.CHECKING: "正在核验，请稍等，结果会发到这里。",
        Key.NOTICE: "信息已核对。接下来需要您本人刷脸：请在亮处，正对手机，摘下口罩和帽子。\n"
        + _OTHER_ROUTES,
        Key.NOTICE_FOR_OTHER: "信息已核对。接下来需要待遇领取人（{name}）本人刷脸，请确认人就在您身边。"
        "请在亮处，正对手机，摘下口罩和帽子。\n" + _OTHER_ROUTES,
        Key.LINK: '<a href="{capture}">点这里开始刷脸</a>（链接 10 分钟内有效，只能用一次）',
        Key.PASSED: "认证成功。\n{name}，{scheme}，{time}\n"
        '回执号 {receipt}（<a href="{base}/r/{receipt}">查看回执</a>）\n下次请在 {due} 前认证。',
        Key.PASSED_IN_REHEARSAL: "认证成功（演练：是照片在动，没有真的刷脸）。\n{name}，{scheme}，{time}\n"
        '回执号 {receipt}（<a href="{base}/r/{receipt}">查看回执</a>）\n下次请在 {due} 前认证。',
        Key.RECORD: "查询结果：{name}，{scheme}\n最近一次认证：{time}（{channel}）\n下次请在 {due} 前认证。",
        Key.NO_RECORD: "未查询到认证结果。\n常见原因：不属于领取{scheme}月定期待遇的人员，或目前还没有认证记录。\n"
        "有疑问可拨 12333。",
        Key.FAILED_MISMATCH: "认证失败。原因说明：人脸模型信息不匹配。\n"
        "可能是光线太暗、没按提示刷脸、没对准摄像头、距离太远，或缺少人脸模型信息。请到亮处再试一次。\n"
        + _OTHER_ROUTES,
        Key.FAILED_THREE: "认证失败。原因说明：人脸模型信息不匹配。\n"
        "不着急，换个办法也一样有效：到{office}社保经办机构、预约上门，或拨 12333。"
        "您的待遇不会因为今天没刷成而改变。",
        Key.CAPTURE_WAITING: "请点上面的链接刷脸，结果会发到这里。链接过期或打不开，请点“重新识别”换一个新的。",
        Key.MISMATCH: "当前人员信息与社保系统信息不匹配，请核对重新录入。\n"
        "常见原因：证件号码有误，或现在的证件和登记时不一样。核对后仍不行，" + _OFFICE,
        Key.ABNORMAL: "待遇状态异常，请联系待遇领取地社保经办机构核实。\n一般是养老待遇已终止发放。"
        + _OFFICE,
        Key.NO_REFERENCE: "原因说明：人脸模型信息不匹配。\n系统里还没有{name}的人脸照片，所以现在不能刷脸，不算失败。\n"
        "请带证件到{office}社保经办机构拍一张（可拨 12333 问最近的网点），或预约上门。",
        Key.BUSY: f"{BUSY_TEXT}您填的内容都还在，回来时从这里继续。",
        Key.WRONG_NAME: "这个姓名我没认出来，请再看一看：只输入姓名，和证件上一样。",
        Key.WRONG_ID_TYPE: "请从下面选一种证件类型，点一下或回复数字。",
        Key.WRONG_NUMBER: "这个证件号码看起来不太对，请对着证件再看一看，重新输入。",
        Key.HELP: "在这里可以办两件事：每年一次的养老资格认证，和查询认证结果。\n"
        "随时可以回复“上一步”“返回首页”“人工服务”。" + _OTHER_ROUTES,
        Key.HUMAN: "需要人帮忙，请拨 12333，或到就近的社保经办机构。您填的内容都还在，随时可以继续。",
        Key.NOT_UNDERSTOOD: "我没明白您的意思，请点下面的选项，或回复前面的数字。",
        Key.NOT_UNDERSTOOD_THRICE: "我没明白，先请人来帮您？可以拨 12333，或点下面的选项。",
        Key.MEDIA: "我还看不懂{kind}，请点下面的选项，或打几个字告诉我。",
        Key.CITY_KNOWN: "您的城市以社保登记的为准，不用选择。",
        Key.NO_REMINDERS: "到期提醒还没有开通。请记下次认证的日期，每年认证一次就好。",
    }
)

SCHEME_NAMES: Mapping[str, str] = MappingProxyType(
    {"employee": "企业职工养老保险", "resident": "城乡居民养老保险"}
)

MEDIA_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "image": "图片",
        "voice": "语音",
        "video": "视频",
        "shortvideo": "视频",
        "location": "位置",
        "link": "链接",
    }
)

CHANNEL_NAMES: Mapping[str, str] = MappingProxyType(
    {"face": "刷脸", "video": "刷脸录像", "rehearsal": "演练", "registry": "其他渠道"}
)
OFFICE_UNKNOWN = "待遇领取地"

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
        "challenge_failed": "做不了这些动作也没关系，不算失败。可以到社保经办机构、预约上门，或拨 12333 办理。",
        "unknown": "没有找到这个链接。请返回微信重新开始。",
        "too_fast": "请稍等一下，再试一次。",
    }
)
_ONCE_MORE = "没关系，换几个动作，我们再来一次，慢慢跟着圆点就好。"
_CAPTURE_FAILED = "认证失败。原因说明：人脸模型信息不匹配。请返回微信，点“重新识别”再试。"


def capture_message(outcome: str, reason: str) -> str:
    """Return the sentence of a capture answer, for the contract's `outcome` and `reason`."""
    return _CAPTURE_FAILED if outcome == "failed" else _CAPTURE.get(reason, BUSY_TEXT)


def hint_message(reason: str) -> str:
    """Return the sentence of a correction on the way; after a wrong movement, that there is another chance."""
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
