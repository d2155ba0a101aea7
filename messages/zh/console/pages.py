"""Chinese words of the office console: every page, sign-in and figures."""

from collections.abc import Mapping
from types import MappingProxyType

CONSOLE: Mapping[str, str] = MappingProxyType(
    {
        "lang": "zh-CN",
        "console": "资格认证经办台",
        "skip": "跳到内容",
        "pages_are": "页面",
        "today": "今日",
        "person": "查人",
        "tasks": "待办",
        "waiting_says": "{n} 个对话等人接",
        "talks": "人工服务",
        "visits": "上门",
        "approvals": "复核",
        "loading": "导入",
        "export": "导出",
        "audit": "审计",
        "accounts": "账号",
        "sign_out": "退出",
        "back_to_today": "返回首页",
        "damaged": "记录已损坏",
        "session_title": "已经退出",
        "session_idle": "您有一阵没有操作，两分钟内会自动退出。",
        "stay": "继续使用",
        "session_day": "登录快满十小时，两分钟内会自动退出。填了一半的，请先提交；来不及也不会丢。",
        "session_over": "您已经退出：半小时没有操作，或者登录满了十小时。登录后回到这一页，可以接着办。",
        "session_kept": "填了还没提交的都在，先收起来了。请用同一个账号登录；换了账号，或过了三小时，就不再保留。",
        "sign_in_again": "在新页面登录",
        "further": "后面的",
        "none_behind": "这一页后面没有了。",
        "to_start": "回到开头",
        "death_reported": "有人报告过这个人去世，还没有核实。请先核实，再决定。",
        "certified_since": "后来认证过了：{day}（{scheme}）",
        "unsent_is": "您填的没有提交，还要用请先复制：",
    }
)
"""Words of every page."""

CONSOLE_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "viewer": "看数据",
        "clerk": "经办",
        "supervisor": "复核",
        "auditor": "审计",
        "admin": "账号管理",
    }
)

CONSOLE_SIGN_IN: Mapping[str, str] = MappingProxyType(
    {
        "title": "登录",
        "name_is": "账号",
        "password_is": "密码",
        "go_on": "下一步",
        "sign_in": "登录",
        "ended_says": "您已经退出：半小时没有操作，或者登录满了十小时。请重新登录，刚才没有提交的要重填。",
        "ended_kept": "您已经退出。请重新登录，再回到刚才那一页：填了还没提交的都在。",
        "forgotten": "忘记密码，请找管理账号的同事重置。",
        "code_title": "输入验证码",
        "code_is": "六位验证码",
        "lost_phone": "验证码在您手机的验证器应用里，每三十秒换一个。换了手机，请找管理账号的同事重置。",
        "set_up_title": "第一次登录",
        "own_password": "一、设一个自己的密码",
        "own_password_says": "至少十二个字，不要包含账号。一句好记的话就行。",
        "new_password_is": "新密码",
        "again_is": "再输一次",
        "app": "二、绑定验证器",
        "app_says": "用手机上的验证器应用（如微信小程序“腾讯身份验证器”，或微软的 Authenticator）扫下面的二维码，再输入它显示的六位数字。",
        "qr_is": "绑定验证器的二维码",
        "by_hand": "扫不了，可以手工输入密钥：",
        "wrong_password": "账号或密码不对，请再试一次。",
        "wrong_code": "验证码不对，请输入现在显示的那一个。",
        "used_code": "这个验证码已经用过，请等下一个。",
        "locked": "失败次数多了，请等 {minutes} 分钟再试。再错，要等得更久。",
        "weak_password": "请换一个密码：至少十二个字，不包含账号，也不是发给您的那一个。",
        "not_alike": "两次输入的密码不一样。",
    }
)

CONSOLE_REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "origin": "这个请求不是从经办台的页面发出的，没有办理。",
        "csrf": "页面放得太久了，没有办理。请回到首页，重新打开再试。",
        "permission": "您的账号没有这项权限。这次访问已经记录。",
        "form": "没有收到完整的表单，没有办理。请重新打开页面再试。",
        "missing": "没有这一页。",
        "missing_case": "这个人的页面已经关上了：打开半小时就关，也只有打开的人能看。没有办理，请重新查这个人。",
        "find_again": "重新查",
        "away": "系统繁忙，请稍后再试。",
        "damaged": "这里要用的一条记录已损坏，或者是更新版本的程序写的，打不开，没有办理。请告诉系统管理员。",
    }
)

CONSOLE_TODAY: Mapping[str, str] = MappingProxyType(
    {
        "today_title": "今日",
        "as_of": "截至 {at}",
        "registry_as_of": "到期、逾期和暂停的人数统计于 {counted}",
        "certified_today": "今天认证",
        "certified_week": "近七天认证",
        "due_in_30": "三十天内到期",
        "overdue_now": "已逾期",
        "suspended_now": "已暂停",
        "tasks_open": "待办",
        "not_arrived_now": "未送达消息",
        "live_now": "正在刷脸",
        "live_waiting": "{waiting} 人在等",
        "healthy": "系统正常。",
        "turned_down_says": "您提交的，有 {turned_down} 件没有办成。点这里看是谁、为什么。",
        "degraded_is": "系统有问题，请把下面的字告诉技术负责人：",
        "trend_title": "近七天认证人数",
        "places_title": "各地情况",
        "places_says": "按登记名册和最近一次认证推算，已去世和已终止的不算。",
        "funnel_title": "从打招呼到通过（近七天）",
        "funnel_says": "每人每天每一步只算一次；刷脸算在发链接那天。哪一步走的人最多，就从哪一步想办法。",
        "left_here": "到这一步为止 {n}",
        "left_most": "到这一步为止 {n}，走的人最多",
        "by_day": "按天看",
        "failures_title": "刷脸没通过的原因（近七天）",
        "undelivered_title": "没有送达的消息",
        "tasks_title": "待办，按等了多久",
        "nothing": "没有",
        "csv": "下载表格",
        "day": "日期",
        "passes": "认证人数",
        "scheme": "险种",
        "city": "地区",
        "week": "近七天认证",
        "due_soon": "三十天内到期",
        "overdue": "已逾期",
        "suspended": "已暂停",
        "step": "步骤",
        "people": "人数",
        "left": "到这一步为止",
        "reason": "原因",
        "checks": "次数",
        "why": "情况",
        "messages": "消息数",
        "task": "事项",
        "age": "等了多久",
        "count": "件数",
    }
)

CONSOLE_FUNNEL: Mapping[str, str] = MappingProxyType(
    {
        "greeted": "打招呼",
        "agreed": "同意协议",
        "identified": "填好身份",
        "eligible": "核对通过",
        "linked": "拿到链接",
        "begun": "开始刷脸",
        "verified": "认证通过",
    }
)

CONSOLE_FAILURES: Mapping[str, str] = MappingProxyType(
    {
        "mismatch": "和登记照片不像",
        "not_live": "没有看清动作",
        "challenge_failed": "动作没有对上",
        "person_changed": "中途换了人",
        "no_face": "没有看到脸",
    }
)
"""Reasons why face checks failed, as a clerk reads them out."""

CONSOLE_UNDELIVERED: Mapping[str, str] = MappingProxyType(
    {"queued": "排队等发", "waiting": "等对方再来说话", "refused": "发不出去（近七天）"}
)

CONSOLE_TASK_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "death": "有人报告去世",
        "assist": "做不了动作",
        "forget": "撤回人脸同意",
        "failed_tries": "多次没通过",
        "second_look": "抽查复核",
        "no_photo": "没有登记照片",
        "home_visit": "上门认证",
    }
)

CONSOLE_AGES: Mapping[str, str] = MappingProxyType(
    {"today": "不到一天", "days": "一到三天", "week": "三到七天", "older": "七天以上"}
)
