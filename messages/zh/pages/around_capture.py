"""Chinese words of the pages around a capture.

A template (`bot/h5/templates/*.html`) names them by key; `{name}` in a sentence is filled with a value.
"""

from collections.abc import Mapping
from types import MappingProxyType

OTHER_ROUTES = "不方便刷脸，也可以到社保经办机构、预约上门，或拨 12333，一样有效。"
ROUTES_WITH_DOCUMENTS = "不方便刷脸，也可以带身份证件到社保经办机构、预约上门，或拨 12333，一样有效。"

EVERY_PAGE: Mapping[str, str] = MappingProxyType(
    {
        "lang": "zh-CN",
        "smaller": "小字",
        "normal": "标准",
        "larger": "大字",
        "call": "拨打 12333",
        "back_to_chat": "返回微信",
        "close_by_hand": "请关掉这一页，再打开微信。",
        "go_back": "返回",
    }
)

CLOSED: Mapping[str, str] = MappingProxyType(
    {
        "title": "刷脸认证",
        "more": "请返回微信，在聊天里点“确定”或“换一个链接”，会有一个新链接。您填的内容都还在。",
        "routes": ROUTES_WITH_DOCUMENTS,
    }
)

NOT_YOURS: Mapping[str, str] = MappingProxyType(
    {
        "title": "刷脸认证",
        "more": "为了保护领取人的信息，刷脸页面只给要用它的那个微信打开。请回到收到链接的微信里，重新点一次链接。",
        "routes": ROUTES_WITH_DOCUMENTS,
    }
)

NO_RECEIPT: Mapping[str, str] = MappingProxyType(
    {
        "title": "认证回执",
        "message": "没有找到这个回执号",
        "more": "请核对回执号（八位，中间一横），或回到聊天里点“查看回执”。有疑问请拨 12333。",
    }
)

RECEIPT: Mapping[str, str] = MappingProxyType(
    {
        "title": "认证回执",
        "receipt_is": "回执号",
        "scheme_is": "险种",
        "name_is": "姓名",
        "certified_is": "认证时间",
        "channel_is": "认证方式",
        "city_is": "待遇领取地",
        "due_is": "下次请在此日期前认证",
        "code_is": "回执二维码，扫码打开本页",
        "scan": "扫码即可核对这张回执，不用登录：{address}",
        "questions": "有疑问请拨 12333，报回执号即可。",
        "print": "打印",
        "person_is": "本人核对：",
        "record_is": "认证记录：",
        "person_passed": "已通过（{channel}）。",
        "valid": "这次认证有效。",
        "valid_record": "已记录，已签名。",
        "download": "下载可核验的回执文件",
        "signed_by": "签名密钥：{key}",
        "unsigned": "这次认证已经记录。",
        "unsigned_record": "已记录。这张回执开出时还没有签名，请以本页为准。",
        "revoked": "这次认证已撤销，不再有效。",
        "person_had_passed": "当时已通过（{channel}）。",
        "revoked_record": "{revoked_on}由经办机构撤销，请重新认证，或拨 12333 询问。",
        "altered": "这张回执无法核实，请不要采信。",
        "altered_record": "现在的记录和开出回执时签名的内容不一致，或签名密钥不明。请拨 12333 核实。",
    }
)


START: Mapping[str, str] = MappingProxyType(
    {
        "title": "养老待遇资格认证",
        "name_is": "姓名",
        "scheme_is": "险种",
        "due_is": "截止日期",
        "begin": "开始刷脸",
        "routes": OTHER_ROUTES,
        "opening": "正在打开刷脸页面",
        "by_hand": "没有自动打开的话，请点下面的按钮。",
        "go_on": "继续",
    }
)
"""The page that a reminder links to."""

START_ENDED: Mapping[str, str] = MappingProxyType(
    {"title": "养老待遇资格认证", "routes": ROUTES_WITH_DOCUMENTS}
)
"""The same link when there is nothing to start."""

NOT_FOUND: Mapping[str, str] = MappingProxyType(
    {
        "title": "养老待遇资格认证",
        "message": "这个地址打不开",
        "more": "请返回微信，在聊天里重新点一次链接。您填的内容都还在。",
        "routes": ROUTES_WITH_DOCUMENTS,
    }
)
"""An address without a page, or one that is not opened by hand."""
