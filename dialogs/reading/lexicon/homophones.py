"""Words that voice input writes with other characters of the same sound.

Data for `dialogs.reading.normalize`.
"""

from collections.abc import Mapping
from types import MappingProxyType

HOMOPHONES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("办里", "办力", "办礼", "伴理"), "办理"),
        **dict.fromkeys(("身份正", "身份政", "身份症", "身分正"), "身份证"),
        **dict.fromkeys(("退休斤", "退休今", "退休巾"), "退休金"),
        **dict.fromkeys(("养老斤", "养老今", "养老巾"), "养老金"),
        **dict.fromkeys(("认正", "认症", "认政"), "认证"),
        **dict.fromkeys(("刷练", "刷联", "刷连"), "刷脸"),
        **dict.fromkeys(("值工", "植工"), "职工"),
        **dict.fromkeys(("确订", "确顶"), "确定"),
        **dict.fromkeys(("下一不", "下一布", "下一部"), "下一步"),
        **dict.fromkeys(("上一不", "上一布", "上一部"), "上一步"),
    }
)
"""Both sides are of the same length, so that every character keeps its place."""
