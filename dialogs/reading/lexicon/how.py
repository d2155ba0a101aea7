"""Words that ask how something is done: it is then told, and not done; data for `dialogs.reading.intents`."""

_END = "取消|退订|退掉|退出|关闭|关掉|关了|停止|停掉|停了|解除|撤销|撤消|终止|结束"
_BEGIN = "订阅|开通|开启|打开|设置|设定|设"
_ACT = f"(?:{_END}|{_BEGIN})"

ASKS_HOW = (
    "(?:怎么|怎样|如何|咋|点)(?!还|老|总|又|一直|没|不|就|会|都)(?:样|才|去|来)*(?:能|可以|得|算)?(?:够)?(?:把|将)?"
    f"(?:我的?|这个|那个|你们的?|到期|提醒|通知)*(?:{_ACT}|退|关|停|订|开|不要|不用|不再|不让)|"
    f"{_ACT}.{{0,6}}(?:怎么|怎样|如何|咋|点样)(?:样|弄|办|做|操作|搞|整|设)?|"
    "(?:提醒|通知|代办|代理|授权|委托).{0,2}(?:怎么|怎样|如何|咋|点样|点)(?:样)?(?:取消|退|关|停|订|开|解除|设)|"
    f"(?:哪里|哪儿|哪度|边度)(?:可以|能)?(?:{_ACT}|退|关|停|订|开)|"
    f"{_ACT}.{{0,4}}(?:方法|步骤|办法|流程)"
)
"""Meets the text of `Plain.joined`. 能不能 and 可以…吗 ask politely for the thing itself."""

ENGLISH_ASKS_HOW = (
    "how (?:do|does|can|could|should|would|might|to)|where (?:do|can|could|should)|(?:can|could|may) i|"
    "am i able to|is it possible|(?:a|any|the) way to|what (?:do|should|must|can) i|"
    "what (?:word|words|command)|steps|instructions?"
)
"""Meets the text of `Plain.spaced`, at word boundaries."""
