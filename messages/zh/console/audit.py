"""Chinese words of the audit trail in the office console."""

from collections.abc import Mapping
from types import MappingProxyType

AUDIT: Mapping[str, str] = MappingProxyType(
    {
        "audit_title": "审计记录",
        "account_is": "账号",
        "everybody": "所有人",
        "action_is": "动作",
        "all_actions": "全部动作",
        "filter": "筛选",
        "person_number_is": "查谁看过这个人（证件号码）",
        "search": "查询",
        "check": "核对记录是否完整",
        "time_is": "时间",
        "who_is": "谁",
        "subject_is": "对象",
        "detail_is": "说明",
        "earlier": "更早的",
        "no_entries": "没有记录。",
        "no_number": "这不是一个证件号码。",
        "of_person": "下面只有这个人的记录。",
        "cut_before": "{day}以前的记录已按保存年限删除；和认证、撤销、免动作、经办账号有关的都还在。",
        "whole": "记录完整，没有被改动。",
        "broken": "记录有缺失或被改动，请马上联系技术负责人。",
    }
)

ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "account.bound": "绑定本人",
        "account.unbound": "解除绑定",
        "agency.ended": "结束帮人办理",
        "capture.closed": "停用刷脸链接",
        "capture.failed": "刷脸没有通过",
        "capture.handed_over": "发链接给本人",
        "capture.opened": "打开刷脸链接",
        "capture.passed": "刷脸通过",
        "consent.face": "同意刷脸",
        "consent.face.withdrawn": "撤回人脸同意",
        "consent.reminders": "同意提醒",
        "consent.terms": "同意协议",
        "grants.read": "查看免动作",
        "failed.often": "多次没通过",
        "help.asked": "做不了动作",
        "keys.rotated": "更换密钥",
        "photo.asked": "没有登记照片",
        "purged": "清理到期数据",
        "reminders.ended": "停止提醒",
        "session.damaged": "对话已损坏",
        "second_look.wanted": "抽查复核",
        "tries.used_up": "当天次数用完",
        "case.opened": "查看一个人",
        "case.not_found": "查人没找到",
        "console.signed_in": "登录",
        "console.signed_out": "退出",
        "console.refused": "被拒绝",
        "console.account.added": "新增账号",
        "console.account.disabled": "停用账号",
        "console.account.reset": "重置账号",
        "certified.by_office": "经办登记认证",
        "approval.asked": "提交复核",
        "approval.given": "复核同意",
        "approval.refused": "复核不同意",
        "approval.same_browser": "复核和提交用了同一个浏览器",
        "audit.cut": "清理到期审计记录",
        "audit.read": "查看审计记录",
        "death.noted": "登记去世",
        "link.sent": "发新链接",
        "tries.forgiven": "允许再试",
        "grant.given": "批准免动作",
        "grant.revoked": "结束免动作",
        "receipt.revoked": "撤销认证",
        "registry.imported": "导入名册",
        "registry.compared": "核对全量名册",
        "faces.enrolled": "批量登记照片",
        "load.received": "上传文件",
        "load.applied": "确认导入",
        "load.cancelled": "取消导入",
        "load.list.read": "下载导入清单",
        "template.enrolled": "登记照片",
        "template.deleted": "删除人脸特征",
        "certifications.read": "导出认证记录",
        "data.erased": "本人删除信息",
        "tasks.read": "查看待办",
        "tasks.exported": "导出待办",
        "talk.answered": "回复对话",
        "talk.asked": "请人工服务",
        "talk.ended": "结束对话",
        "talk.read": "查看对话",
        "talk.taken": "接手对话",
        "talks.listed": "查看人工服务",
        "task.taken": "接手待办",
        "task.handed_on": "转交待办",
        "task.done": "办结待办",
        "task.shown": "查看一件待办",
        "visit.planned": "约上门",
        "visit.shown": "查看上门名单",
        "visit.recorded": "记录上门结果",
        "death.reported": "报告去世",
    }
)
"""By the stored word of an action; each has one."""

ACTORS: Mapping[str, str] = MappingProxyType(
    {
        "operator": "运维命令",
        "capture": "刷脸页",
        "dialog": "公众号对话",
        "console": "经办台",
        "worker": "后台任务",
    }
)


TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "console_audit": AUDIT,
        "console_actions": ACTIONS,
        "console_actors": ACTORS,
    }
)
