"""Chinese words for the stored words of the audit trail's details."""

from collections.abc import Mapping
from types import MappingProxyType

AUDIT_DETAILS: Mapping[str, str] = MappingProxyType(
    {
        "certify": "认证",
        "query": "查询",
        "report": "报告去世",
        "ok": "通过",
        "unknown": "结果不明",
        "expired": "链接过期",
        "sample": "样例",
        "demo": "演示",
        "asked by": "提交人",
        "account": "账号",
        "task": "待办",
        "talk": "人工对话",
        "load": "导入",
        "approval": "复核",
        "visit": "上门",
        "photo": "照片",
        "grant": "编号",
        "ends": "结束编号",
        "until": "到",
        "passive": "免动作",
        "all": "全部",
        "anybody": "不限谁",
        "one": "一个人",
        "approvals": "等待复核的",
        "identified": "含姓名和号码",
        "replaced": "换成新照片",
        "new": "新增",
        "changed": "有变化",
        "unchanged": "没变化",
        "refused": "没收下",
        "passed": "刷脸已通过",
        "enrolled": "已登记照片",
        "damaged": "记录已损坏",
        "registry": "名册",
        "photos": "照片",
        "bytes": "字节",
        "held": "在册",
        "missing": "没有找到",
        "begun": "开始",
        "interrupted": "中途停止",
        "broken off": "中途断开",
        "rejected": "没收下的",
        "seen": "见到本人",
        "not_met": "没有见到",
        "zh": "中文",
        "en": "英文",
        "not_open": "已经办过，或是自己提交的",
        "not_yours": "不是自己的",
        "taken_by_other": "别人已经接手",
        "awaits": "已在等复核",
        "no_reason": "没有选原因",
        "nothing": "没有可办的",
        "stale": "页面不是最新的",
        "link": "发新链接",
        "overtaken": "情况已经变了",
        "incomplete": "没有填完",
        "not_paid": "没有在发待遇",
        "bad_until": "日期不对",
        "no_file": "没有文件",
        "other_open": "已有一份在导入",
        "bad_city": "地区代码不对",
        "cancelled_meanwhile": "已被取消",
        "origin": "不是从经办台发出的",
        "csrf": "页面过期",
        "permission": "没有权限",
        "form": "表单不完整",
        "away": "数据库不通",
        "session expired": "登录已过期",
        "session in another browser": "换了浏览器",
        "session over": "登录已结束",
        "wrong password": "密码不对",
        "wrong code": "验证码不对",
        "code used before": "验证码用过",
        "locked after failures": "失败太多，暂时锁住",
        "account disabled": "账号已停用",
        "weak password": "密码太简单",
        "unknown name": "没有这个账号",
        "inbox": "收到的消息",
        "outbox": "发出的消息",
        "captures": "刷脸记录",
        "conversations": "对话",
        "windows": "回复窗口",
        "talks": "人工对话",
        "tallies": "每天的人数",
        "loading": "导入记录",
        "consents": "同意",
        "case": "一个人的页面",
        "figures": "今日",
        "person": "查人",
        "tasks": "待办",
        "enrol": "登记照片",
        "approve": "复核",
        "export": "导出",
        "audit": "审计",
        "accounts": "账号",
        "listed": "个对话",
        "another's chat": "别人接手的对话",
        "photo_too_large": "照片太大",
        "file_too_large": "文件太大",
        "no_space": "磁盘空间不足",
        "broken_off": "上传中断",
        "empty_file": "空文件",
        "needs_other": "要另一位同事确认",
    }
)

KEY_ROTATION: Mapping[str, str] = MappingProxyType(
    {
        "moved": "已换密钥",
        "left": "还没换",
    }
)

TRAIL_CUT: Mapping[str, str] = MappingProxyType(
    {
        "planned gone": "计划删除",
        "planned carried": "计划另留",
        "gone": "已删除",
        "carried": "另留下",
        "before": "都早于",
    }
)

TALK_ENDS: Mapping[str, str] = MappingProxyType(
    {
        "person": "本人结束",
        "clerk": "经办结束",
        "silence": "很久没人说话",
        "unanswered": "没有人接",
        "left": "取消了关注",
        "seen_to": "没接到的，看过了",
    }
)

TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "console_audit_details": AUDIT_DETAILS,
        "console_key_rotation": KEY_ROTATION,
        "console_talk_ends": TALK_ENDS,
        "console_trail_cut": TRAIL_CUT,
    }
)
"""Tables of this module, by the name under which the catalogue has them."""
