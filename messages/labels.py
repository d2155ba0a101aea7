"""The tappable choices, exact: people, tests and outside programs match on them."""

from enum import StrEnum


class Label(StrEnum):
    """A choice as it is shown, tapped and typed."""

    EMPLOYEE = "企业职工养老保险"
    RESIDENT = "城乡居民养老保险"
    AGREE = "同意并开始办理"
    START = "开始办理"
    SELF = "本人办理"
    AGENT = "为他人办理"
    NEXT = "下一步"
    CONFIRM = "确定"
    EDIT = "修改"
    EDIT_AGENT = "修改代办人"
    RETRY = "重新识别"
    HOME = "返回首页"
    QUERY = "认证信息查询"
    QUERY_OTHER = "为他人查询"
    SEARCH = "查询"
    BACK = "上一步"
    HELP = "帮助"
    HUMAN = "人工服务"
    UNSUBSCRIBE = "退订提醒"
    SUBSCRIBE = "订阅提醒"
    HAND_OVER = "转给家人"
    CONTINUE = "继续办理"
    SOMEBODY_ELSE = "其他家人"
    MORE_CITIES = "更多城市"
    END_AGENCY = "解除代办"
    REPORT = "确认上报"
    CANNOT = "做不了动作"
    RESIDENT_ID = "居民身份证"
    HK_MACAU_PERMIT = "港澳居民来往内地通行证"
    TAIWAN_PERMIT = "台湾居民来往大陆通行证"
    HMT_RESIDENCE = "港澳台居民居住证"
    FOREIGNER_PERMANENT_RESIDENCE = "外国人永久居留身份证"
    PASSPORT = "护照"


class MenuKey(StrEnum):
    """CLICK keys of the account's menu."""

    CERTIFY_EMPLOYEE = "CERTIFY_EMPLOYEE"
    CERTIFY_RESIDENT = "CERTIFY_RESIDENT"
    QUERY_EMPLOYEE = "QUERY_EMPLOYEE"
    QUERY_RESIDENT = "QUERY_RESIDENT"
    CITY = "CITY"
    REMINDERS = "REMINDERS"
    HELP = "HELP"
    HOME = "HOME"
