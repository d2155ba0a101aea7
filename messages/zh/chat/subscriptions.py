"""Chinese texts about reminders, how to get or end them, and a death, which ends them."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.language.keys import Key

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.SUBSCRIBED: "好的，到期前我会提醒您。不想再收到，回复“退订提醒”。",
        Key.UNSUBSCRIBED: "好的，以后不再提醒。想恢复，回复“订阅提醒”。",
        Key.SUBSCRIBE_LATER: "认证成功一次以后，才知道该提醒哪一天。请先办理认证，办完再回复“订阅提醒”。",
        Key.REMINDERS_ON: "到期提醒已经开通。不想再收到，回复“退订提醒”。",
        Key.REMINDERS_OFF: "到期提醒还没有开通。想开通，回复“订阅提醒”。",
        Key.REMINDERS_NONE: "到期提醒还没有开通，请记住下次认证的日期。",
        Key.REMINDER_REFUSED: "{name}的到期提醒没能送到您这里：微信说，这个公众号的消息被关掉了，所以先停了。"
        "想再收到，请点右上角打开“接收消息”，再回复“订阅提醒”。",
        Key.HOW_TO_SUBSCRIBE: "想收到到期提醒，回复“订阅提醒”四个字就行；在这里认证成功过一次，就能开通。",
        Key.HOW_TO_UNSUBSCRIBE: "不想再收到到期提醒，回复“退订提醒”四个字就停了。以后想恢复，回复“订阅提醒”。",
        Key.WHAT_STOPPED: "您是不想再收到提醒，还是养老金停了？\n不想再收到提醒，请点“退订提醒”。\n"
        "养老金停了，先看认证过期了没有：回复“什么时候到期”。没有过期，请拨 12333，或联系{office}查一查。",
        Key.BENEFIT_OVER: "{name}，{scheme}：待遇状态异常，请联系待遇领取地社保经办机构核实。\n"
        "一般是社保登记的待遇已经终止，所以现在没有下次认证的日期，也不会发到期提醒。"
        "要是登记错了，人好好的，请带证件到{office}更正，或拨 12333；更正以后，一切照常。",
        Key.REMINDERS_PAUSED: "有人告诉我们您已经去世，所以您的到期提醒先停了，社保经办机构会核实。"
        "如果您安好，请别往心里去：回复“订阅提醒”，提醒马上恢复。有疑问可拨 12333。",
        Key.REMINDERS_PAUSED_OF_OTHER: "有人告诉我们{name}已经去世，所以这位家人的到期提醒先停了，社保经办机构会核实。"
        "如果{name}安好，请回复“订阅提醒”，提醒马上恢复。有疑问可拨 12333。",
        Key.WHO_DIED: "请节哀。请选择是哪位家人，或直接输入姓名，我会停止提醒，并告知社保经办机构。",
        Key.NAME_OF_DEAD: "请节哀。请输入去世家人的姓名（和证件上一样），我会停止提醒，并告知社保经办机构。"
        "不记得证件号码，也可以拨 12333。",
        Key.ID_TYPE_OF_DEAD: "请选择{name}的证件类型（不记得证件号码，也可以拨 12333）：",
        Key.CONDOLENCE: "请节哀。核对以后，我会停止提醒，并告知社保经办机构。",
        Key.DEATH_REPORTED: "已经登记，{name} 的认证提醒停下了，社保经办机构会核实。其他手续请联系{office}。请您保重。",
        Key.PAY_AFTER_DEATH: "养老金一般发到去世的当月，下个月起停发，多发的要退回。各地算法不一样，家属还可以申领丧葬补助金和抚恤金，"
        "请拨 12333 问清楚，或联系{office}。请您保重。",
        Key.REPORTS_HELD: "请节哀。从这个微信一天里已经上报过三次，为了不弄错，再有要上报的，请拨 12333，或联系{office}，由工作人员来登记。",
        Key.NOTHING_TO_DO: "您{year}已通过{source}完成认证，无需操作。\n"
        "{scheme}，{day} 认证。下次请在 {due} 前认证。",
        Key.NOTHING_TO_DO_OF_OTHER: "告诉您一声：{name} {year}已通过{source}完成认证，无需操作。\n"
        "{scheme}，{day} 认证。下次请在 {due} 前认证。",
    }
)
