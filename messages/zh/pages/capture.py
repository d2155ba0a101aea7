"""Chinese words of the capture page and of its scripts.

The template names its words by key; a script reads its own by key. `{name}` is filled with a value.
"""

from collections.abc import Mapping
from types import MappingProxyType

from messages.language.labels import Label
from messages.zh.pages.around_capture import OTHER_ROUTES

CAPTURE: Mapping[str, str] = MappingProxyType(
    {
        "title": "刷脸认证",
        "step_agree": "您先看一段说明，点“同意”",
        "step_photo": "脸对准圆框，点“拍照”",
        "step_result": "等几秒钟，看结果",
        "bright": "请领取待遇的本人到亮处，摘下口罩和帽子。",
        "other_ways": OTHER_ROUTES,
        "begin": "开始",
        "helper_films": "让家人帮我拍",
        "consent_title": "人脸信息单独同意书",
        "sender_before": "这个链接是",
        "sender_after": "（代办人）在微信里替您申请后转给您的，结果会告诉代办人。不认识这个人，请点“不同意”。",
        "separate": "这份同意和《用户服务协议》是分开的，您可以不同意。",
        "purpose_is": "用途：",
        "purpose_says": "只用来核对是不是您本人。",
        "how_is": "怎么做：",
        "how_says": "把这次拍的脸和登记的照片比对一次。",
        "kept_is": "不留照片：",
        "kept_says": "这次拍的照片、录像比对完马上丢掉，不保存。",
        "undo_is": "可以撤回：",
        "undo_says": f"在聊天里回复“{Label.WITHDRAW_FACE}”，或拨 12333。",
        "version_is": "版本 {version}　",
        "privacy_policy": "《隐私政策》",
        "agree": "同意",
        "decline": "不同意",
        "take": "拍照",
        "phone_camera": "用手机相机",
        "send_video": "录一段视频",
        "can_move": "我能做动作，现场刷脸",
        "in_queue": "不用做什么，轮到您时会说“请正对屏幕”。",
        "film_title": "录像刷脸",
        "film_how": "先看一遍动作，再录一段视频，从头到尾不要停。不超过 20 秒。",
        "film": "去录视频",
        "helper_records": "让家人帮我录",
        "film_back": "再试现场刷脸",
        "waiting": "请稍等，不用再点。",
        "try_again": Label.CHECK_AGAIN,
        "again": "再试一次",
        "other_title": "不刷脸，也一样有效",
        "counter_is": "到柜台：",
        "counter_says": "带身份证件到社保经办机构。",
        "visit_is": "请人上门：",
        "visit_says": "行动不便，可预约上门认证。",
        "phone_is": "打电话：",
        "help_is": "找人帮忙：",
        "help_says": "在聊天里回复“人工服务”。",
        "unchanged": "您的待遇不会因为今天没刷脸而改变。",
        "back": "回去刷脸",
        "passed_next": "结果已经发到聊天里，可以关掉这一页了。",
        "passed_for_agent": "结果已经告诉代办人{agent}，可以关掉这一页了。",
        "failed_next": OTHER_ROUTES,
        "closed_next": f"您填的内容都还在。{OTHER_ROUTES}",
        "without_script": "请用微信打开这个链接。也可以拨 12333，或到社保经办机构办理。",
    }
)

SCRIPT: Mapping[str, str] = MappingProxyType(
    {
        "voice": "zh-CN",
        "voice_on": "朗读：开",
        "voice_yue": "朗读：粤语",
        "voice_off": "朗读：关",
        "begin_live": "刷脸约一分钟。先看看要做什么。",
        "begin_photo": "刷脸只要三步，约一分钟。",
        "resume": "上次没有做完，点“继续”接着刷脸。",
        "go_on": "继续",
        "consent": "请看一看，再点“同意”。",
        "live": "脸对准圆框，跟着圆点慢慢做。",
        "unable": "我做不到这个动作",
        "uneasy": "不方便刷脸",
        "photo": "脸对准圆框，点“拍照”。",
        "checking": "正在核对…",
        "other": "不方便刷脸，没关系。",
        "not_sent": "网络不太稳，照片没有传上去。请点“再试一次”，不用重拍。",
        "film_not_sent": "网络不太稳，视频没有传上去。请点“再试一次”，不用重录。",
        "offline": "网络不太稳，请点“再试一次”。",
        "opening": "请点“允许”，打开摄像头。",
        "no_camera": "这部手机不能现场刷脸，可以录一段视频。",
        "insecure": "这个网页不是 https 开头的，打不开摄像头。请告诉工作人员，您可以先录一段视频。",
        "upright": "请把手机竖过来拿。",
        "step": "第 {step} 步，共 {steps} 步",
        "refused": "摄像头没有打开。请点“再试现场刷脸”，再点“允许”，或者录一段视频。",
        "in_use": "摄像头正在用着。请先挂断视频通话，再点这里。",
        "camera_again": "摄像头停了一下，正在重新打开，请稍等。",
        "reconnecting": "网络断了一下，正在重新连接，请稍等。",
        "slow_film": "网络有点慢。录一段视频也可以，录好再慢慢传。",
        "elsewhere": "这个链接在另一个页面打开了。要在这里继续，请点“再试一次”。",
        "helper": "请家人拿着手机，对准本人的脸。",
        "queue": "人有点多，您排在第 {place} 位，请稍等。",
        "trial_turn": "到时候，跟着圆点慢慢转头，像这样。",
        "trial_nod": "也可能是抬头、低头，像这样。",
        "trial_closer": "也可能是靠近一点，像这样。",
        "seconds": "{count} 秒",
        "rehearsal": "演练：是照片在动，没有真的刷脸",
    }
)
"""Words that the scripts insert, and the locale of the voice that reads the page."""
