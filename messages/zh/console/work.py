"""Chinese words of tasks, visits and approvals in the office console."""

from collections.abc import Mapping
from types import MappingProxyType

CONSOLE_TASKS: Mapping[str, str] = MappingProxyType(
    {
        "tasks_title": "待办",
        "kind_is": "事项",
        "all_kinds": "全部事项",
        "age_is": "等了多久",
        "all_ages": "不限",
        "whose": "谁的",
        "anybody": "全部",
        "mine": "我接手的",
        "nobody": "没人接手的",
        "filter": "筛选",
        "export": "下载表格",
        "none_open": "没有待办。",
        "number": "编号",
        "person_is": "姓名",
        "document_is": "证件",
        "since_is": "开始时间",
        "days_is": "等了几天",
        "holder_is": "接手人",
        "take": "接手",
        "came_today": "今天来的",
        "came_yesterday": "昨天来的",
        "days_old": "已等 {days} 天",
        "free": "还没有人接手",
        "open_case": "查看此人",
        "hand_on_to": "转给",
        "to_all": "放回，谁都能接",
        "hand_on": "转交",
        "result_is": "结果",
        "choose": "请选择",
        "finish": "办结",
        "more_tasks": "后面的",
        "taken_by_other": "这一件刚被别人接手，请看下面的接手人。",
        "not_yours": "这一件不在您手上，可能已转交或办结。",
        "task_done": "已办结。",
        "task_taken": "已接手。",
        "handed_on": "已转交。",
        "no_result": "请先选结果。",
        "awaits": "结果已提交，等另一位同事复核。",
        "visit_day_is": "上门日期",
        "stale_plan": "这一趟刚刚改过，没有再改。请看看下面的日子和接手人，还要改就再约一次。",
        "no_day": "还没约日子",
        "plan_visit": "约日子",
        "visitor_is": "谁去",
        "plan_do": "约好",
    }
)

CONSOLE_RESULTS: Mapping[str, str] = MappingProxyType(
    {
        "settled": "已处理",
        "certified": "已用其他办法认证",
        "not_reached": "联系不上",
        "moved": "已搬走",
        "living": "核实：健在",
        "deceased": "核实：已去世",
    }
)

CONSOLE_APPROVALS: Mapping[str, str] = MappingProxyType(
    {
        "approvals_title": "等待复核",
        "approvals_says": "自己提交的，要由另一位同事复核。复核和提交用同一个浏览器的，审计里会标出来。",
        "none_waiting": "没有等待复核的事项。",
        "approve": "同意并办理",
        "decline": "不同意",
        "photo_asked": "照片",
        "own": "您提交的",
        "approved": "已复核并办理。",
        "decline_do": "退回，不办",
        "reason_is": "原因（可以不写）",
        "declined": "已退回，没有办理。",
        "declined_by": "{by} 不同意",
        "declined_because": "{by} 不同意：{words}",
        "not_carried_out": "{by} 同意了，没有办成：{reason}",
        "turned_down_title": "没有办成的",
        "turned_down_says": "您提交的，近十天里同事不同意，或者复核时已经办不了。还要办的，到“查人”或“待办”里重新提交。",
        "not_open": "这一项已有人处理，或是您自己提交的。",
        "damaged_act": "这一项的记录已损坏，没有办理。请让提交的同事重新提交。",
    }
)

CONSOLE_ACTS: Mapping[str, str] = MappingProxyType(
    {
        "certify": "登记已见到本人",
        "grant": "免动作",
        "end_grant": "结束免动作",
        "forgive": "今天可以再试",
        "revoke": "撤销认证",
        "death": "登记去世",
        "enrol": "登记照片",
        "forget": "删除人脸特征",
        "seen_at_home": "上门见到本人",
        "death_found": "核实：已去世",
        "give_up": "办结待办，还没有认证",
    }
)

CONSOLE_ACCOUNTS: Mapping[str, str] = MappingProxyType(
    {
        "accounts_title": "账号",
        "first_says": "第一次的密码只显示这一次，请当面交给本人。第一次登录时会换成自己的密码，并绑定验证器。",
        "add_title": "新增账号",
        "name_is": "账号名",
        "role_is": "角色",
        "add": "新增",
        "reset": "重置密码和验证器",
        "reset_says": "旧的密码和验证器马上失效，会显示一个新的密码，请当面交给本人。",
        "disable": "停用",
        "disable_says": "对方马上退出，接手的待办和对话放回给大家。以后要再用，点“重置”。",
        "active": "使用中",
        "never": "还没登录过",
        "disabled": "已停用",
        "disabled_now": "已停用，对方马上退出。",
        "damaged_account": "记录已损坏，不能登录",
        "taken": "这个账号名已经有了。",
        "bad_name": "账号名要二到三十二个字，可用字母、汉字、数字、点和横线。",
        "reserved_name": "这个名字是系统自己用的，会和操作记录混在一起。请换一个账号名。",
        "nobody_there": "没有这个账号。",
        "not_oneself": "自己的账号请另一位管理员来改。",
    }
)

CONSOLE_TALKS: Mapping[str, str] = MappingProxyType(
    {
        "talks_title": "人工服务",
        "not_offered": "没有开通。设好办公时间（PENSION_BOT_HUMAN_HOURS）以后，对方回复“人工服务”，对话就会到这里。",
        "no_talks": "现在没有人在等。",
        "somebody": "还不知道是谁",
        "waits_since": "{at} 来的，{waited}",
        "just_came": "刚到",
        "waited_minutes": "已等 {minutes} 分钟",
        "waited_hours": "已等 {hours} 小时 {minutes} 分钟",
        "talks_since": "{at} 来的",
        "waiting": "等人接",
        "mine": "我在接待",
        "with_other": "{name} 在接待",
        "missed": "没接到",
        "missed_says": "没有人接，已回到自助办理。还可以接手，或打电话。",
        "ended_unread": "对方自己结束了",
        "ended_unread_says": "对方说了话，没等到人接就结束了。请看一看说了什么，还可以接手，或打电话。",
        "unfollowed_unread": "对方取消了关注",
        "unfollowed_unread_says": "对方说了话，没等到人接就取消了关注，在这里回，对方收不到。请看一看说了什么，要紧的请打电话或上门。",
        "see_to": "看过了，不用回",
        "seen_to": "已收起，不再列在这里。对方不会收到消息。",
        "look": "看一看",
        "open_talk": "继续",
        "take": "接手",
        "talk_title": "对话",
        "from_person": "对方",
        "from_bot": "自动回复",
        "from_clerk": "工作人员",
        "no_lines": "对方还没有说话。",
        "stands_at": "办到哪一步",
        "for_whom": "给谁办",
        "scheme_is": "险种",
        "own": "本人",
        "for_other": "替人办理",
        "open_case": "查看此人",
        "window_title": "还能回复多久",
        "window_open": "{until} 之前还能回复 {left} 条。对方每来一条消息，重新算四十八小时、五条。",
        "hours_left": "还剩 {hours} 小时",
        "minutes_left": "还剩不到 {minutes} 分钟",
        "window_full": "这一轮的五条已经用完。现在写的，会等对方再来一条消息时送到。",
        "window_closed": "对方超过四十八小时没来消息，微信不让发了。现在写的，会等对方再来消息时送到。",
        "window_after": "过了时限，回复不会丢，等对方再来消息时送到。要紧的事，请打登记的电话，或安排上门。",
        "words_are": "回复",
        "words_say": "最多五百字。{silence} 分钟没有新消息，会自动交回自助办理。",
        "send": "发出",
        "hand_back": "结束，交回自助办理",
        "hand_back_says": "会告诉对方，并接着问刚才那一步。",
        "back_to_queue": "回到列表",
        "refresh": "刷新",
        "is_over_says": "这次人工服务已经结束。",
        "taken": "已接手，请尽快回复。",
        "sent": "已发出。",
        "no_words": "还没有写回复。",
        "too_long": "回复太长，请分成几条，每条五百字以内。",
        "handed_back": "已交回自助办理。",
        "taken_by_other": "这段对话刚被别的同事接手，或者对方已经结束。请看下面的列表。",
        "not_yours": "这段对话不在您手上，可能对方已经结束。这句话没有发出。",
        "said_already": "这句话刚刚发过，没有再发一遍。",
        "unsent_is": "没有发出的话，要用可以复制：",
    }
)

CONSOLE_VISITS: Mapping[str, str] = MappingProxyType(
    {
        "visits_title": "上门名单",
        "print_says": "打印时只印名单；用手机可以直接记录结果。",
        "day_is": "日期",
        "visitor_is": "谁去",
        "show": "查看",
        "number": "编号",
        "not_paid_now": "名册里没有在领的待遇",
        "due_on": "{day}前认证",
        "address_is": "地址",
        "phone_is": "电话",
        "time_is": "时间",
        "their_sign": "本人签名或按印",
        "own_sign": "上门人签名",
        "record": "记录结果",
        "result_is": "结果",
        "grounds_is": "见到本人时，凭什么确认",
        "choose": "请选择",
        "two_says": "见到本人的，要另一位同事复核后才算认证。",
        "record_do": "保存结果",
        "none_planned": "这一天没有约上门。",
        "awaits": "已提交，等复核",
        "put_off": "已记下没见到。这一趟还没完，请另约日子。",
        "reported": "已记下，提醒先停。请同事核实后再办结。",
        "not_yours": "这一趟不在您手上，或已经记录过结果。",
    }
)

CONSOLE_VISIT_RESULTS: Mapping[str, str] = MappingProxyType(
    {
        "seen": "见到本人，健在",
        "not_met": "没见到本人",
        "moved": "已搬走",
        "deceased": "听说已去世",
    }
)

CONSOLE_EXPORT: Mapping[str, str] = MappingProxyType(
    {
        "export_title": "导出认证记录",
        "export_says": "给业务系统用：每条认证一行，按回执号区分，重复导入不会多算。已撤销的也在里面，有撤销时间。导出会记入审计。",
        "since_is": "从什么时候起",
        "since_says": "填日期，或填上次导出的最后一个回执号。不填，就是全部。",
        "format_is": "格式",
        "csv": "CSV 表格",
        "xlsx": "Excel 表格",
        "json-lines": "JSON，每行一条",
        "identified_is": "带完整的姓名和证件号码（只给业务系统导入用）",
        "download": "下载",
        "bad_since": "请填日期，例如 2026-11-01，或填回执号。",
        "no_receipt": "没有这个回执号。",
        "no_format": "请选格式。",
    }
)
