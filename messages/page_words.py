"""The words of the pages around a capture: of every page, of closed links, of the receipt.

A page's file (`bot/h5/*.html`) names them as `$key`; `{name}` in a sentence is filled with a value.
"""

from collections.abc import Mapping
from types import MappingProxyType

from messages.names import OFFICE_UNKNOWN
from messages.words import Word

OTHER_ROUTES = Word(
    "不方便刷脸，也可以到社保经办机构、预约上门，或拨 12333，一样有效。",
    "If a face check is hard for you, go to the pension office, book a home visit, or call 12333. "
    "It counts just as much.",
)
_ROUTES_WITH_PAPERS = Word(
    "不方便刷脸，也可以带身份证件到社保经办机构、预约上门，或拨 12333，一样有效。",
    "If a face check is hard for you, go to the pension office with your ID, book a home visit, "
    "or call 12333. It counts just as much.",
)

EVERY_PAGE: Mapping[str, Word] = MappingProxyType(
    {
        "lang": Word("zh-CN", "en"),
        "smaller": Word("小字", "A\u2212"),
        "normal": Word("标准", "A"),
        "larger": Word("大字", "A+"),
        "call": Word("拨打 12333", "Call 12333"),
        "back_to_chat": Word("返回微信", "Back to WeChat"),
        "go_back": Word("返回", "Back"),
        "other_lang": Word("en", "zh"),
        "other_language": Word("English", "中文"),
    }
)

CLOSED: Mapping[str, Word] = MappingProxyType(
    {
        "title": Word("刷脸认证", "Face check"),
        "next": Word(
            "请返回微信，在聊天里点“确定”或“重新识别”，会有一个新链接。您填的内容都还在。",
            'Please go back to WeChat, and tap "Ready" or "Try again" in the chat. You get a new link. '
            "Everything you entered is kept.",
        ),
        "routes": _ROUTES_WITH_PAPERS,
    }
)

NOT_YOURS: Mapping[str, Word] = MappingProxyType(
    {
        "title": Word("刷脸认证", "Face check"),
        "why": Word(
            "为了保护领取人的信息，刷脸页面只给要用它的那个微信打开。请回到收到链接的微信里，重新点一次链接。",
            "To protect the person's details, the page opens only in the WeChat that it is for. "
            "Please go back to the WeChat that got the link, and tap the link there once more.",
        ),
        "routes": _ROUTES_WITH_PAPERS,
    }
)

NO_RECEIPT: Mapping[str, Word] = MappingProxyType(
    {
        "title": Word("认证回执", "Receipt"),
        "missing": Word("没有找到这个回执号", "This receipt number was not found"),
        "next": Word(
            "请核对回执号（八位，中间一横），或回到聊天里点“查看回执”。有疑问请拨 12333。",
            "Please look the number over (eight signs with a dash in the middle), "
            'or tap "see the receipt" in the chat. If you have questions, please call 12333.',
        ),
    }
)

RECEIPT: Mapping[str, Word] = MappingProxyType(
    {
        "title": Word("认证回执", "Receipt of a pension check"),
        "receipt_is": Word("回执号", "Receipt number"),
        "scheme_is": Word("险种", "Pension"),
        "name_is": Word("姓名", "Name"),
        "certified_is": Word("认证时间", "Time of the check"),
        "channel_is": Word("认证方式", "Kind of check"),
        "city_is": Word("待遇领取地", "Paid in"),
        "due_is": Word("下次请在此日期前认证", "Next check, please by"),
        "code_is": Word("回执二维码，扫码打开本页", "QR code of the receipt, it opens this page"),
        "scan": Word(
            "扫码即可核对这张回执，不用登录：{address}",
            "Scan the code to check this receipt, without logging in: {address}",
        ),
        "questions": Word(
            "有疑问请拨 12333，报回执号即可。",
            "If you have questions, please call 12333 and give the receipt number.",
        ),
        "print": Word("打印", "Print"),
        "person_is": Word("本人核对：", "The person: "),
        "record_is": Word("认证记录：", "The record: "),
        "person_passed": Word("已通过（{channel}）。", "checked ({channel})."),
        "valid": Word("这次认证有效。", "This check is valid."),
        "valid_record": Word("已记录，已签名。", "written down and signed."),
        "download": Word("下载可核验的回执文件", "Download receipt"),
        "signed_by": Word("签名钥匙：{key}", "Key of the signature: {key}"),
        "unsigned": Word("这次认证已经记录。", "This check is on record."),
        "unsigned_record": Word(
            "已记录。这张回执开出时还没有签名，请以本页为准。",
            "written down. There were no signatures yet when this receipt was made: rely on this page.",
        ),
        "revoked": Word("这次认证已撤销，不再有效。", "This check has been revoked. It is no longer valid."),
        "person_had_passed": Word("当时已通过（{channel}）。", "had been checked ({channel})."),
        "revoked_record": Word(
            "{revoked_on}由经办机构撤销，请重新认证，或拨 12333 询问。",
            "revoked by the pension office on {revoked_on}. Please do the check again, or ask at 12333.",
        ),
        "altered": Word(
            "这张回执无法核实，请不要采信。",
            "This receipt cannot be confirmed. Please do not rely on it.",
        ),
        "altered_record": Word(
            "现在的记录和开出回执时签名的内容不一致，或签名的钥匙不明。请拨 12333 核实。",
            "it is not what was signed when the receipt was made, or the key of the signature is unknown. "
            "Please ask at 12333.",
        ),
    }
)

UNKNOWN_CITY = Word(OFFICE_UNKNOWN, "the place that pays the pension")
"""Where a record names no city we know."""

START: Mapping[str, Word] = MappingProxyType(
    {
        "title": Word("养老待遇资格认证", "Yearly pension check"),
        "name_is": Word("姓名", "Name"),
        "scheme_is": Word("险种", "Pension"),
        "due_is": Word("截止日期", "Due by"),
        "begin": Word("开始刷脸", "Start face check"),
        "routes": OTHER_ROUTES,
        "routes_with_papers": _ROUTES_WITH_PAPERS,
        "opening": Word("正在打开刷脸页面", "Opening the face check"),
        "by_hand": Word(
            "没有自动打开的话，请点下面的按钮。", "If it does not open by itself, please tap the button."
        ),
        "go_on": Word("继续", "Continue"),
    }
)
"""The page behind a reminder's link, and where it leads on or ends."""
