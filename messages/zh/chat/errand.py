"""Chinese sentences of an errand, from the welcome to its result, and for what is not understood."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.language.keys import Key
from messages.zh.pages.answers import BUSY

_OFFICE = "请联系{office}核实个人信息。"
OTHER_ROUTES = "不方便刷脸，也可以到{office}、预约上门，或拨 12333。"
_NO_MOVES = "卧床、不能转头、看不见或听不见，请回复“做不了动作”，有别的办法。"
_BRIGHT = "请在亮处，正对手机，摘下口罩和帽子。"
_ENOUGH_FOR_TODAY = (
    "今天刷脸已经试了好几次，先歇一歇，明天可以再试。\n"
    "换个办法也一样有效：到{office}、预约上门，或拨 12333。"
    "已经请工作人员留意，您的待遇不会因为今天没刷成而改变。"
)

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.WELCOME: "您好，这里是养老待遇资格认证服务。每年一次，刷脸确认，养老金照常发放。\n"
        "请选择您领取的待遇，也可以直接告诉我，例如“帮我妈认证”“什么时候到期”。需要人帮忙，回复“人工服务”。",
        Key.AGREEMENT: '您选的是{scheme}。开始之前，请阅读<a href="{agreement}">《用户服务协议》</a>'
        '和<a href="{privacy}">《隐私政策》</a>。您的信息只用于这次认证，人脸照片验完即删。',
        Key.GUIDE: "办事指南：一共四步，约两分钟。① 填写姓名和证件 ② 核对 ③ 刷脸 ④ 看到“认证成功”。"
        "请准备好证件，到光线亮的地方。\n" + OTHER_ROUTES,
        Key.MANNER: "给谁办理？",
        Key.AGENT_NAME: "先登记您（代办人）的姓名。只需一次。请输入您的姓名（和证件上一样）。",
        Key.AGENT_ID_TYPE: "好的，{name}。请选择您（代办人）的证件类型：",
        Key.AGENT_NUMBER: "请输入您（代办人）的证件号码。",
        Key.NAME: "请输入您的姓名（和证件上一样）。",
        Key.NAME_AFTER_AGENT: "代办人已登记：{agent}，号码 {number}。有误请点“修改代办人”。\n"
        "请输入待遇领取人的姓名（和证件上一样）。",
        Key.NAME_OF_OTHER: "请输入待遇领取人的姓名（和证件上一样）。",
        Key.ID_TYPE: "好的，{name}。请选择证件类型：",
        Key.NUMBER: "请输入{id_type}的证件号码。",
        Key.NUMBER_18: "请输入{id_type}的证件号码（18 位，最后一位可能是 X）。",
        Key.READ_BACK: "请核对：姓名 {name}，{id_type} {number}，{scheme}。",
        Key.READ_BACK_BY_AGENT: "请核对：姓名 {name}，{id_type} {number}，{scheme}。\n"
        "代办人是 {agent}，号码 {agent_number}，有误请回复“修改代办人”。",
        Key.CHECKING: "正在核验，请稍等，结果会发到这里。",
        Key.LINES: "{lines}",
        Key.NAME_UPDATED: "社保登记的姓名有更新，已按新的登记（{name}）为您改好，不用重填。",
        Key.NUMBER_RAISED: "您输入的是 15 位的旧号码，已为您换成现在的 18 位。",
        Key.NOTICE: f"信息已核对。接下来需要您本人刷脸：{_BRIGHT}\n{_NO_MOVES}\n{OTHER_ROUTES}",
        Key.NOTICE_FOR_OTHER: "信息已核对。接下来需要待遇领取人（{name}）本人刷脸。在您身边就点“确定”，"
        f"不在就点“转给家人”，把链接发到对方的微信。{_BRIGHT}\n{_NO_MOVES}\n{OTHER_ROUTES}",
        Key.NOTICE_FOR_RELATIVE: "信息已核对。接下来需要{relation}（{name}）本人刷脸。在您身边就点“确定”，"
        f"不在就点“转给家人”，把链接发到对方的微信。{_BRIGHT}\n{_NO_MOVES}\n{OTHER_ROUTES}",
        Key.NOTICE_SETTLED: "{name} 这一年度已经认证过，不用再办，下次请在 {due} 前认证。\n"
        f"想再认证一次也可以，需要本人刷脸：{_BRIGHT}\n{_NO_MOVES}\n" + OTHER_ROUTES,
        Key.LINK: '<a href="{capture}">点这里开始刷脸</a>（链接 10 分钟内有效，只能用一次）',
        Key.PASSED: "认证成功。\n{name}，{scheme}，{time}\n"
        '回执号 {receipt}（<a href="{base}/r/{receipt}">查看回执</a>）\n下次请在 {due} 前认证。',
        Key.PASSED_IN_REHEARSAL: "认证成功（演练：是照片在动，没有真的刷脸）。\n{name}，{scheme}，{time}\n"
        '回执号 {receipt}（<a href="{base}/r/{receipt}">查看回执</a>）\n下次请在 {due} 前认证。',
        Key.NO_RECORD: "未查询到认证结果。\n常见原因：不属于领取{scheme}月定期待遇的人员，或目前还没有认证记录。\n"
        "有疑问可拨 12333。",
        Key.NOT_FOUND: "未查询到认证结果。\n"
        "常见原因：姓名、证件和社保登记的不一样，不属于领取{scheme}月定期待遇的人员，或目前还没有认证记录、人脸照片。\n"
        "填错了请点“修改”。有疑问可拨 12333，或联系{office}。",
        Key.FAILED_MISMATCH: "认证失败。原因说明：人脸模型信息不匹配。\n"
        "可能是光线太暗、没按提示刷脸、没对准摄像头、距离太远，或缺少人脸模型信息。请到亮处再试一次。\n"
        + OTHER_ROUTES,
        Key.FAILED_THREE: "认证失败。原因说明：人脸模型信息不匹配。\n"
        "不着急，换个办法也一样有效：到{office}、预约上门，或拨 12333。"
        "您的待遇不会因为今天没刷成而改变。",
        Key.FAILED_LAST: "认证失败。原因说明：人脸模型信息不匹配。\n" + _ENOUGH_FOR_TODAY,
        Key.FAILED_TOO_OFTEN: _ENOUGH_FOR_TODAY,
        Key.CAPTURE_WAITING: "请点上面的链接刷脸，结果会发到这里。链接过期或打不开，请点“换一个链接”。",
        Key.MISMATCH: "当前人员信息与社保系统信息不匹配，请核对重新录入。\n"
        "常见原因：证件号码有误，或现在的证件和登记时不一样。核对后仍不行，" + _OFFICE,
        Key.ABNORMAL: "待遇状态异常，请联系待遇领取地社保经办机构核实。\n一般是养老待遇已终止发放，或者已经暂停，按当地规定要到柜台恢复。"
        + _OFFICE,
        Key.COUNTER: "别着急，{name} 的待遇只是暂停，没有取消。\n"
        "待遇状态异常，请联系待遇领取地社保经办机构核实：按当地规定，暂停以后要到柜台恢复，在这里刷脸恢复不了。"
        "请带证件到{office}，一次办好认证和恢复；出不了门，可以请他们上门。",
        Key.NO_REFERENCE: "原因说明：人脸模型信息不匹配。\n系统里还没有{name}的人脸照片，所以现在不能刷脸，不算失败。\n"
        "请带证件到{office}拍一张（可拨 12333 问最近的网点），或预约上门。",
        Key.BUSY: f"{BUSY}您填的内容都还在，回来时从这里继续。着急可以拨 12333。",
        Key.LIMIT_REACHED: "一个微信一小时最多{what} {most} 次，这一小时的次数用完了。请在 {time} 以后再来，"
        "填的内容都还在。着急可以拨 12333。",
        Key.WRONG_NAME: "这个姓名我没认出来，请再看一看：只输入姓名，和证件上一样。",
        Key.NAME_OF_RELATIVE: "好的，是您的家人。这里还要姓名本身，请照证件上的写，例如“李秀英”。",
        Key.NAME_NOT_RELATIVE: "这里要填您自己的姓名，和证件上一样。要替家人办理，请回复“上一步”，再点“为他人办理”。",
        Key.NUMBER_NOT_RELATIVE: "这里要填您自己的证件号码，家人的没有填进来。"
        "要替家人办理，请回复“返回首页”，重新选险种，再点“为他人办理”。",
        Key.AGENT_NOT_RELATIVE: "家人的姓名和证件后面会问，这里先填您自己的。",
        Key.DETAILS_NOT_RELATIVE: "现在是您本人在办理，家人的信息没有填进来。"
        "要替家人办理，请回复“返回首页”，重新选险种，到“为他人办理”那一步再填。",
        Key.DETAILS_NOT_OWN: "这里核对的是{name}的信息，您自己的没有填进来。{name}的姓名要是写错了，请点“修改”。",
        Key.NAME_IN_FULL: "请输入证件上的全名，例如“李建国”。要是证件上就这么写，请分开告诉我，例如“姓李名先生”。",
        Key.ONE_NAME: "这里一次填一位，请先输入其中一位的姓名，和证件上一样。另一位，等这位办好了再办。",
        Key.NAME_IS_PLACE: "这好像是地名，这里要填姓名，和证件上一样，例如“李秀英”。"
        "要是姓名就这么写，请分开告诉我，例如“姓广名州”。",
        Key.ID_TYPE_OF_PLACE: "好的，{name}。这个姓名也是个地名，填错了请点“上一步”。请选择证件类型：",
        Key.AGENT_ID_TYPE_OF_PLACE: "好的，{name}。这个姓名也是个地名，填错了请点“上一步”。请选择您（代办人）的证件类型：",
        Key.WRONG_ID_TYPE: "请从下面选一种证件类型，点一下或回复数字。要和社保登记的一样，多数人是第 1 个“居民身份证”。",
        Key.WRONG_NUMBER: "这个证件号码看起来不太对，请对着证件再看一看，重新输入。",
        Key.HELP: "在这里可以办两件事：每年一次的养老资格认证，和查询认证结果。\n"
        "随时可以回复“上一步”“返回首页”“人工服务”，还有“换城市”“订阅提醒”“解除代办”“撤回人脸同意”“English”。"
        + OTHER_ROUTES,
        Key.HUMAN: "需要人帮忙，请拨 12333，或联系{office}。您填的内容都还在，随时可以继续。",
        Key.NOT_UNDERSTOOD: "我没明白您的意思，请点下面的选项，或回复前面的数字。",
        Key.NOT_UNDERSTOOD_THRICE: "我没明白，先请人来帮您？回复“人工服务”，或拨 12333，也可以点下面的选项。",
        Key.VOICE: "我还听不懂语音，请点下面的选项，或打几个字告诉我。不想打字，键盘上的话筒能把说的话变成字。",
        Key.HEARD: "您说的是：“{words}”。\n{answer}",
        Key.PICTURE: "照片和视频不用发到这里，我看不懂，也不保存。证件号码请打字告诉我，刷脸请点我发的链接。",
        Key.LOCATION: "我还看不懂位置。想选城市，回复“换城市”；要去柜台，请联系{office}。",
        Key.SHARED_LINK: "发来的链接我不打开，陌生的链接您也别点。要办什么，请点下面的选项，或打几个字告诉我。",
        Key.SHARED_FILE: "文件不用发到这里，我打不开，也不保存。要办什么，请点下面的选项，或打几个字告诉我。",
        Key.ALSO_KEPT: "{what}我先记着，后面不用再输入。",
        Key.DONE: "已经办完了。还需要什么，请点下面的选项，或打几个字告诉我。",
        Key.WELCOME_BACK: "您上次还没办完，填的内容都在，点“继续办理”就接着来。\n"
        "想重新开始，请选择您领取的待遇。需要人帮忙，回复“人工服务”。",
        Key.WHICH_SCHEME: "好的，给您自己办理。请选择您领取的是哪种待遇：",
        Key.WHICH_SCHEME_FOR: "好的，为{relation}办理。{kept}请选择领取的是哪种待遇：",
        Key.WHICH_SCHEME_TO_QUERY: "好的，查认证结果。请先选择领取的是哪种待遇，再点“认证信息查询”。",
        Key.RELATIVE: "给哪位家人办理？点一位，或直接输入待遇领取人的姓名。",
        Key.RELATIVE_OF_MANY: "给哪位家人办理？一共 {count} 位，点一位；要找人，输入姓名、姓或证件号码后四位。"
        "新的家人，直接输入姓名。",
        Key.RELATIVES_FOUND: "找到 {count} 位，请点一位。不在里面，请点“其他家人”。",
        Key.READ_BACK_OF_DEAD: "请核对：{name}，{id_type} {number}。确认上报后，认证提醒马上停下，由社保经办机构核实。",
        Key.LINK_FOR_FAMILY: "请长按下面的链接，转发到家人的微信，由{name}本人打开刷脸（30 分钟内有效，只能用一次）。"
        "刷完后，结果会发到这里。\n{capture}",
        Key.PASSED_FOR_OTHER: "认证成功。\n{name}，{scheme}，{time}\n"
        '回执号 {receipt}（<a href="{base}/r/{receipt}">查看回执</a>）\n下次请在 {due} 前认证。{family}',
        Key.PASSED_SUSPENDED: "认证成功。\n{name}，{scheme}，{time}\n"
        '回执号 {receipt}（<a href="{base}/r/{receipt}">查看回执</a>）\n下次请在 {due} 前认证。\n'
        "待遇之前是暂停状态，这次认证已记录，恢复发放由{office}办理。",
        Key.CITY: "您在哪个城市领养老金？点一个，或直接输入名字、拼音首字母，例如“广州”“gz”。",
        Key.MORE_CITIES: "还有这些城市，点一个，或直接输入名字：",
        Key.CITY_SET: "好的，您的城市是{city}，有事可以找{office}。记录上的城市以社保登记的为准。",
        Key.WRONG_CITY: "这个城市我没认出来。请点一个，或输入名字，例如“广州”。\n"
        "名单上没有的不用选，回复“返回首页”直接办，城市以社保登记的为准。",
        Key.UNLISTED_PLACE: "这个地方不在我的城市名单上，不要紧：选好您领的待遇就可以办，城市以社保登记的为准。"
        "核对不上的，请拨 12333，问问在哪里认证。",
        Key.WRONG_RELATIVE: "没有找到这位家人。请从下面选一位，点一下或回复数字，也可以输入姓名。",
        Key.CANNOT: "没关系，做不了动作也不耽误领钱。可以请{office}上门认证，"
        "也可以由工作人员核实后，改用不用做动作的方式。请拨 12333 说明情况，或请家人代打。",
        Key.HELP_ASKED: "没关系，没有人会因为做不了动作而领不到养老金。{name} 的情况已经登记，告知{office}。"
        "工作人员核实后，可以改用不用做动作的方式，也可以上门认证。着急请打电话问一问，或拨 12333。",
        Key.DETAILS_LATER: "好的，{what}我先记着，后面不用再输入；您同意协议以后才会用到。请先点下面的选项：",
        Key.DETAILS_KEPT: "好的，{what}我先记着，后面不用再输入。请点下面的选项接着办：",
    }
)
