"""The words of the capture page (`bot/h5/capture.html`) and of its scripts.

The page's file names its words as `$key`; a script reads its own by key. `{name}` is filled with a value.
"""

from collections.abc import Mapping
from types import MappingProxyType

from messages.english_labels import ENGLISH_LABELS
from messages.labels import Label
from messages.page_words import OTHER_ROUTES
from messages.words import Word

CAPTURE: Mapping[str, Word] = MappingProxyType(
    {
        "title": Word("刷脸认证", "Face check"),
        "step_agree": Word("您先看一段说明，点“同意”", 'You read a short notice and tap "I agree"'),
        "step_photo": Word("脸对准圆框，点“拍照”", 'Your face in the oval, you tap "Take photo"'),
        "step_result": Word("等几秒钟，看结果", "A few seconds later you see the result"),
        "bright": Word(
            "请领取待遇的本人到亮处，摘下口罩和帽子。",
            "The person who receives the pension, in a bright place, without mask or hat.",
        ),
        "other_ways": OTHER_ROUTES,
        "begin": Word("开始", "Start"),
        "helper_films": Word("让家人帮我拍", "Family holds the phone"),
        "consent_title": Word("人脸信息单独同意书", "Consent to the face check"),
        "sender_before": Word("这个链接是", "This link was asked for by "),
        "sender_after": Word(
            "（代办人）在微信里替您申请后转给您的，结果会告诉代办人。不认识这个人，请点“不同意”。",
            " (your helper) in WeChat for you, and passed on to you. The helper is told the result. "
            'If you do not know this person, tap "I do not agree".',
        ),
        "separate": Word(
            "这份同意和《用户服务协议》是分开的，您可以不同意。",
            "This consent is apart from the User Service Agreement. You may say no.",
        ),
        "purpose_is": Word("用途：", "What for: "),
        "purpose_says": Word("只用来核对是不是您本人。", "only to see that it is you."),
        "how_is": Word("怎么做：", "How: "),
        "how_says": Word(
            "把这次拍的脸和登记的照片比对一次。",
            "your face in the pictures taken now is compared once with the photo on record.",
        ),
        "kept_is": Word("不留照片：", "No photo is kept: "),
        "kept_says": Word(
            "这次拍的照片、录像比对完马上丢掉，不保存。",
            "photos and videos taken now are thrown away right after the comparison.",
        ),
        "undo_is": Word("可以撤回：", "You can take it back: "),
        "undo_says": Word(
            f"在聊天里回复“{Label.WITHDRAW_FACE}”，或拨 12333。",
            f'reply "{ENGLISH_LABELS[Label.WITHDRAW_FACE]}" in the chat, or call 12333.',
        ),
        "version_is": Word("版本 {version}　", "Version {version} "),
        "privacy_policy": Word("《隐私政策》", "Privacy Policy"),
        "agree": Word("同意", "I agree"),
        "decline": Word("不同意", "I do not agree"),
        "take": Word("拍照", "Take photo"),
        "phone_camera": Word("用手机相机", "Use phone camera"),
        "send_video": Word("录一段视频", "Record a video"),
        "can_move": Word("我能做动作，现场刷脸", "I can move: live face check"),
        "in_line": Word(
            "不用做什么，轮到您时会说“请正对屏幕”。",
            'Nothing to do. When it is your turn, you hear "Face the screen".',
        ),
        "film_title": Word("录像刷脸", "Face check by video"),
        "film_how": Word(
            "先看一遍动作，再录一段视频，从头到尾不要停。不超过 20 秒。",
            "First look at the movements, then record one video without a stop. At most 20 seconds.",
        ),
        "film": Word("去录视频", "Record the video"),
        "helper_records": Word("让家人帮我录", "Family records it"),
        "film_back": Word("再试现场刷脸", "Try live once more"),
        "waiting": Word("请稍等，不用再点。", "Please wait. There is nothing to tap."),
        "again": Word("再试一次", "Try once more"),
        "other_title": Word("不刷脸，也一样有效", "Other ways count just as much"),
        "counter_is": Word("到柜台：", "At the counter: "),
        "counter_says": Word("带身份证件到社保经办机构。", "go to the pension office with your ID."),
        "visit_is": Word("请人上门：", "At home: "),
        "visit_says": Word("行动不便，可预约上门认证。", "if getting about is hard, book a home visit."),
        "phone_is": Word("打电话：", "By phone: "),
        "help_is": Word("找人帮忙：", "Ask a person: "),
        "help_says": Word("在聊天里回复“人工服务”。", 'reply "Talk to a person" in the chat.'),
        "unchanged": Word(
            "您的待遇不会因为今天没刷脸而改变。",
            "Your pension does not change because there was no face check today.",
        ),
        "back": Word("回去刷脸", "Back to face check"),
        "passed_next": Word(
            "结果已经发到聊天里，可以关掉这一页了。", "The result is in the chat. You can close this page."
        ),
        "passed_for_agent": Word(
            "结果已经告诉代办人{agent}，可以关掉这一页了。",
            "Your helper {agent} has been told the result. You can close this page.",
        ),
        "failed_next": OTHER_ROUTES,
        "closed_next": Word(
            f"您填的内容都还在。{OTHER_ROUTES.chinese}",
            f"Everything you entered is kept. {OTHER_ROUTES.english}",
        ),
        "without_script": Word(
            "请用微信打开这个链接。也可以拨 12333，或到社保经办机构办理。",
            "Please open this link in WeChat. You can also call 12333, or go to the pension office.",
        ),
    }
)

SCRIPT: Mapping[str, Word] = MappingProxyType(
    {
        "voice": Word("zh-CN", "en-US"),
        "voice_on": Word("朗读：开", "Voice on"),
        "voice_off": Word("朗读：关", "Voice off"),
        "begin_live": Word(
            "刷脸约一分钟。先看看要做什么。", "About one minute. First see what there is to do."
        ),
        "begin_photo": Word("刷脸只要三步，约一分钟。", "Three steps, about one minute."),
        "resume": Word(
            "上次没有做完，点“继续”接着刷脸。", 'You had not finished last time. Tap "Continue" to go on.'
        ),
        "go_on": Word("继续", "Continue"),
        "consent": Word("请看一看，再点“同意”。", 'Please read this, then tap "I agree".'),
        "live": Word("脸对准圆框，跟着圆点慢慢做。", "Your face in the oval. Follow the dot slowly."),
        "unable": Word("我做不到这个动作", "I cannot do this"),
        "uneasy": Word("不方便刷脸", "A face check is hard for me"),
        "photo": Word("脸对准圆框，点“拍照”。", 'Your face in the oval, then tap "Take photo".'),
        "checking": Word("正在核对…", "Checking…"),
        "other": Word("不方便刷脸，没关系。", "No face check? That is all right."),
        "not_sent": Word(
            "网络不太稳，照片没有传上去。请点“再试一次”，不用重拍。",
            "The network is weak and the picture was not sent. "
            'Tap "Try once more". There is no need to take it again.',
        ),
        "offline": Word("网络不太稳，请点“再试一次”。", 'The network is weak. Please tap "Try once more".'),
        "matched": Word("核对通过。", "It is you."),
        "opening": Word("请点“允许”，打开摄像头。", 'Please tap "Allow" to turn on the camera.'),
        "no_camera": Word(
            "这部手机不能现场刷脸，可以录一段视频。",
            "This phone cannot do a live face check. You can record a video.",
        ),
        "refused": Word(
            "摄像头没有打开。可以再试一次，或者录一段视频。",
            "The camera is not on. You can try live once more, or record a video.",
        ),
        "reconnecting": Word(
            "网络断了一下，正在重新连接，请稍等。", "The line broke for a moment. Connecting, please wait."
        ),
        "elsewhere": Word(
            "这个链接在另一个页面打开了。要在这里继续，请点“再试一次”。",
            'This link was opened on another page. To go on here, tap "Try once more".',
        ),
        "helper": Word(
            "请家人拿着手机，对准本人的脸。", "Your family holds the phone and points it at your face."
        ),
        "line": Word(
            "人有点多，您排在第 {place} 位，请稍等。",
            "There are many people. Your place is {place}, please wait.",
        ),
        "trial_turn": Word(
            "到时候，跟着圆点慢慢转头，像这样。", "You will follow the dot and turn slowly, like this."
        ),
        "trial_nod": Word("也可能是抬头、低头，像这样。", "Or you raise and lower your head, like this."),
        "trial_closer": Word("也可能是靠近一点，像这样。", "Or you come a little closer, like this."),
        "seconds": Word("{count} 秒", "{count} s"),
        "rehearsal": Word("演练：是照片在动，没有真的刷脸", "A rehearsal: a photo moves, no face is checked"),
    }
)
"""What the scripts put in by themselves, and the voice that reads the page out."""
