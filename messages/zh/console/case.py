"""Chinese words of one person's case in the office console."""

from collections.abc import Mapping
from types import MappingProxyType

CONSOLE_PERSON: Mapping[str, str] = MappingProxyType(
    {
        "find_title": "查一个人",
        "number_is": "证件号码或回执号",
        "number_says": "请按电话里读的输入。号码不会出现在网址和日志里。",
        "reason_is": "为什么要看",
        "choose": "请选择",
        "find": "查找",
        "recorded": "每次查看都会记录：谁、看了谁、为什么。",
        "no_reason": "请先选一个原因。",
        "not_found": "没有这个人：名册里没有，也没有认证过。请再核对一遍号码，问清楚是哪种证件。",
        "not_a_number": "号码不对：多了、少了，或者有一位听错了。请一个字一个字再读一遍。",
        "name_typed": "不能用姓名查。请输入证件号码或回执号。",
        "benefits_title": "待遇",
        "no_benefit": "名册里没有这个人。",
        "status_is": "发放状态",
        "due_is": "下次到期",
        "due_unknown": "没有日期",
        "passes_title": "认证记录",
        "link_results_title": "刷脸情况",
        "messages_title": "发出的消息",
        "messages_says": "只看有没有送到，不看内容。",
        "reminders_title": "提醒",
        "reminder_of": "提醒 {due} 到期",
        "reminded": "有 {count} 个微信会收到提醒。",
        "paused": "有人报告去世，提醒已暂停。",
        "not_reminded": "没有人订阅提醒。",
        "helpers_title": "谁帮忙办理",
        "consents_title": "同意",
        "tasks_of_title": "待办",
        "photo_title": "登记照片",
        "no_photo": "没有登记照片，刷不了脸。",
        "photo_since": "有，{day} 登记。",
        "exempt_until": "免动作到 {until}：{reason}",
        "revoked_is": "已撤销",
        "nothing": "没有",
        "actions_title": "办理",
        "two_says": "打 ★ 的要另一位同事复核后才生效。",
        "waits_title": "已提交，等另一位同事复核",
        "turned_down_title": "提交过，没有办成",
        "asked_by": "{name} 提交，",
        "visit_on": "约在 {day} 上门",
        "send_link": "发一个新链接",
        "send_link_says": "发到上一次办理的微信，半小时内有效。",
        "forgive": "今天可以再试",
        "forgive_says": "失败五次后当天停用；点这里今天就能再刷。",
        "certify": "登记已见到本人",
        "channel_is": "怎样见到",
        "grounds_is": "凭什么确认",
        "scheme_is": "险种",
        "none_paid": "名册里没有在领的待遇，不能登记认证。",
        "certify_do": "登记认证",
        "plan_visit": "约上门认证",
        "plan_says": "约好哪一天、谁去。名单可以打印，也可以用手机看。",
        "visit_day_is": "哪一天",
        "visitor_is": "谁去",
        "plan_do": "约好",
        "grant": "免动作（照片即可）",
        "until_is": "到哪一天",
        "words_is": "原因（加密保存）",
        "grant_do": "批准",
        "end_grant": "结束免动作",
        "revoke": "撤销这次认证",
        "revoke_do": "撤销",
        "enrol": "登记照片",
        "enrol_says": "拍一张或选一张正面照片，马上告诉您能不能用。旧照片一直有效，到新照片生效为止。",
        "take_photo": "用手机拍",
        "choose_photo": "或者选一张",
        "enrol_do": "检查并登记",
        "death": "登记去世",
        "death_says": "提醒全部停止。参保登记系统里请另行更改，否则下次导入会改回来。",
        "forget": "删除人脸特征",
        "forget_says": "删除后刷不了脸，直到重新登记照片。",
        "sure": "我已核实",
        "new_search": "查下一个人",
    }
)

CONSOLE_LOOKS: Mapping[str, str] = MappingProxyType(
    {
        "call": "本人或家人来电",
        "counter": "本人或家人到柜台",
        "task": "处理待办",
        "talk": "人工服务",
        "complaint": "投诉、信访",
        "review": "复核、抽查",
    }
)

CONSOLE_FLASHES: Mapping[str, str] = MappingProxyType(
    {
        "done": "已办理。",
        "had_passed": "这个人今天已经认证过，以那一次的记录为准，这次没有再记。",
        "death_open": "已办理。有人报告过这个人去世，那件待办还没了结：请到“待办”里核实，健在的办结为“健在”，提醒才会恢复。",
        "waits": "已提交，等另一位同事复核。",
        "awaits": "这件事您已经提交过，正等另一位同事复核。这次没有再提交。",
        "incomplete": "还有没填的，没有办理。",
        "bad_until": "日期要在今天之后，最多四百天。没有办理。",
        "nothing": "没有可以办理的内容，可能别人已经办过。",
        "not_paid": "名册里没有在领的待遇，没有办理。",
        "tried_out": "这个人今天失败的次数太多，不能再放行。请改用柜台、上门，或明天再刷。",
        "stale": "您打开这一页以后，这个人的情况变了，也可能刚才已经办过。这次没有办理。请看看下面现在的情况，还要办就再点一次。",
        "overtaken": "提交以后情况有变（又通过了认证，或免动作又改过），没有办理。要办请重新提交。",
        "visit_planned": "上门已经约好，可在“上门”页打印名单。",
        "bad_plan": "请选今天或以后的日子，和去的人。没有约成。",
        "not_yours": "这一趟约的是别的同事，请对方或负责复核的同事来改。",
        "photo_none": "没有收到照片，请拍一张或选一张。",
        "photo_busy": "系统正忙，请过一会儿再点一次。",
        "photo_no_face": "照片里没有看到人脸。请正对镜头，再拍一张。",
        "photo_multiple_faces": "照片里不止一张脸。请只留本人，避开墙上的照片，再拍一张。",
        "photo_too_dark": "照片太暗。请开灯，或到窗边再拍一张。",
        "photo_too_bright": "照片太亮。请避开强光，再拍一张。",
        "photo_blurred": "照片模糊。请拿稳手机，擦一擦镜头，再拍一张。",
        "photo_too_far": "脸太小。请走近一点，再拍一张。",
        "photo_too_close": "脸太大，超出了画面。请退后一点，再拍一张。",
        "photo_off_centre": "脸不在画面中间。请对准了，再拍一张。",
        "photo_not_frontal": "脸侧着。请正对镜头，再拍一张。",
        "photo_covered": "脸被挡住了。请摘下口罩、围巾，露出嘴和下巴，再拍一张。",
        "photo_bad_media": "这个文件打不开，请换成 JPEG、PNG 或 BMP 照片。",
        "photo_too_large": "照片太大，请不超过 10 MB、4000 万像素。",
        "link_sent": "链接已发出，半小时内有效。请老人打开微信公众号。",
        "link_no_account": "这个人没有在微信里办理过，没有地方可发。",
        "link_closed": "那个微信两天没有来过消息，现在发不过去。请对方在公众号里说一句话，再点一次。",
        "link_no_photo": "没有登记照片，刷不了脸，请走其他办法。",
    }
)

CONSOLE_LINK_RESULTS: Mapping[str, str] = MappingProxyType(
    {
        "passed": "通过",
        "failed": "没有通过",
        "closed": "链接已停用",
        "open": "链接还能用",
        "not_agreed": "没有打开，或没有点同意",
        "not_begun": "同意后没有开始",
        "not_finished": "开始了没有做完",
    }
)

CONSOLE_ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "mismatch": "和登记照片不像。请老人家到亮处，摘下口罩帽子，正对手机再试。",
        "not_live": "没有看清动作。请老人家慢慢做，听完一句再动。",
        "challenge_failed": "动作没有对上。请老人家听完一句，再照着做。",
        "no_face": "没有看到脸。请老人家正对手机，把脸放进框里。",
        "person_changed": "中途看到别的脸。请只让本人对着手机。",
        "not_agreed": "可以问问有没有收到链接，要不要重发。",
        "not_begun": "可能不会用摄像头，可以请家人帮忙。",
        "not_finished": "可能网络慢或中途退出，可以再发一个链接。",
    }
)

CONSOLE_STANDINGS: Mapping[str, str] = MappingProxyType(
    {
        "not_due": "不用办",
        "due_soon": "快到期",
        "overdue": "已逾期",
        "suspended": "逾期，按规定暂停",
        "counter": "停了很久，要到柜台",
    }
)

CONSOLE_BENEFITS: Mapping[str, str] = MappingProxyType(
    {
        "active": "正常发放",
        "suspended": "已暂停",
        "terminated": "已终止",
        "deceased": "已登记去世",
    }
)

CONSOLE_CONSENTS: Mapping[str, str] = MappingProxyType(
    {
        "agreement": "用户协议",
        "privacy": "隐私政策",
        "reminders": "接收提醒",
        "face": "刷脸",
        "face.withdrawn": "撤回刷脸同意",
    }
)

CONSOLE_MESSAGE_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "text": "消息",
        "template": "通知",
        "reminder": "提醒",
        "notice": "告知",
    }
)

CONSOLE_FATES: Mapping[str, str] = MappingProxyType(
    {
        "sent": "已送出",
        "queued": "排队中",
        "waits": "等对方来一句话",
        "cancelled": "不用再发",
        "window_closed": "超过四十八小时没来消息，微信不让发",
        "unfollowed": "对方已取消关注",
        "refused": "微信没有收下（{code}）",
    }
)

CONSOLE_GROUNDS: Mapping[str, str] = MappingProxyType(
    {
        "document": "核对证件和本人",
        "known": "工作人员认识本人",
        "video_call": "视频通话并核对资料",
    }
)

CONSOLE_LINK: Mapping[str, str] = MappingProxyType(
    {
        "text": "您好，经办人员给您发来一个新的刷脸链接，半小时内有效。",
        "label": "点这里开始刷脸",
    }
)

CONSOLE_STATES: Mapping[str, str] = MappingProxyType(
    {
        "home": "首页，还没开始",
        "city": "选城市",
        "more_cities": "选城市",
        "agreement": "看协议，还没同意",
        "guide": "看办事指南",
        "manner": "选给谁办理",
        "agent_name": "填代办人姓名",
        "agent_id_type": "选代办人证件类型",
        "agent_number": "填代办人证件号码",
        "relative": "选家人",
        "name": "填姓名",
        "id_type": "选证件类型",
        "number": "填证件号码",
        "read_back": "核对填写的信息",
        "checking": "等待系统核验",
        "rechecking": "等待系统核验",
        "notice": "信息已核对，准备刷脸",
        "capture": "已发刷脸链接，等刷脸",
        "passed": "认证成功",
        "failed": "刷脸没通过",
        "tries_used_up": "今天刷脸次数用完",
        "mismatch": "信息和登记的对不上",
        "abnormal": "待遇状态异常",
        "counter": "要到柜台办理",
        "no_reference": "没有登记照片",
        "no_record": "没查到认证结果",
        "record": "看认证结果",
        "reported": "报告了一位亲人去世",
        "reports_held": "报告去世次数多，先停下",
        "withdrawal": "要撤回人脸同意",
        "withdrawn": "已撤回人脸同意",
        "erasure": "要删除自己的信息",
    }
)
"""The state of a talk, in clerks' words."""
