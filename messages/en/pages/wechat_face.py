"""English words of the page on which WeChat verifies the face, next to the capture page's."""

from collections.abc import Mapping
from types import MappingProxyType

WECHAT_FACE: Mapping[str, str] = MappingProxyType(
    {
        "how_says": "The name and the ID number are given to WeChat, which looks at the face and compares it "
        "with the state's register. We get only the result.",
        "kept_is": "No photo is kept: ",
        "kept_says": "We neither see nor keep this picture of the face. WeChat shows beforehand what it does.",
        "ready": 'Tap "Start". WeChat guides you step by step.',
        "start": "Start",
        "opening": "WeChat's face check is being opened. One moment, please.",
        "checking": "Comparing. One moment, please.",
        "not_finished": 'It was not completed. That does not count as failed. You can tap "Start" again.',
        "not_supported": "WeChat on this phone cannot do the face check. That does not count as failed. Please update "
        "WeChat, use another phone, or one of the ways below.",
        "offline": "The network is weak. Please tap again.",
        "declined": "That is all right. The ways below count just as much.",
        "again": "Try again",
    }
)
