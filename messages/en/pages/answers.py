"""English answers of the pages, to a capture or a closed link, and the prompts of the guided capture."""

from collections.abc import Mapping
from types import MappingProxyType

BUSY = "The system is busy. Please try again later."

ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        "ok": "Check passed. Please go back to WeChat to see the result.",
        "no_face": "No face to be seen. Please face the phone, your whole face in the oval.",
        "multiple_faces": "There is another face. Let only one stay, and turn away from photos on the wall.",
        "too_dark": "It is too dark. Please turn on a light, or face the window.",
        "too_bright": "It is too bright. Please turn away from the strong light.",
        "blurred": "The picture is a little blurred. Please hold the phone still, and wipe the lens.",
        "too_far": "That is too far away. Please come a little closer.",
        "too_close": "That is too close. Please hold the phone a little further away.",
        "off_centre": "Your face is not in the middle. Please move it into the oval.",
        "not_frontal": "Please face the screen, not sideways.",
        "covered": "Please show mouth and chin: no mask, scarf or hand before them.",
        "no_reference": (
            "There is no photo of your face on record yet. Please have one taken at the pension office. "
            "This does not count as failed."
        ),
        "not_live": (
            "This has to be a live face check, a photo does not do. "
            "Please follow the prompts in front of the camera, or go to the pension office."
        ),
        "expired": 'This link has expired. Please go back to WeChat, and tap "New link".',
        "used": (
            'This link has been used. Please go back to WeChat for the result, or tap "New link" there.'
        ),
        "busy": BUSY,
        "bad_media": "This file cannot be opened. Please take a new one.",
        "too_large": "The file is too large. Please take a new one.",
        "no_consent": "Please read about the face check first, and agree to it.",
        "challenge_failed": (
            "That is all right, it does not count as failed. "
            "Go to the pension office, book a home visit, or call 12333."
        ),
        "unknown": "This link was not found. Please go back to WeChat and start again.",
        "too_fast": "Please wait a moment, then try again.",
    }
)

MEDIA: Mapping[str, str] = MappingProxyType(
    {
        "photo_other_kind": "This file is not a photo that can be used. Please take one now with the phone camera.",
        "photo_unreadable": "This photo cannot be opened. Please take a new one.",
        "photo_too_large": "This photo is too large. Please take a new one with the phone camera.",
        "video_other_kind": "This is no video, and a photo does not do. Please record one, at most 20 seconds.",
        "video_unreadable": "This video cannot be opened, is too short, or does not move. "
        "Please record a new one in bright light, and stop it after the movements.",
        "video_too_large": "This video is too large to send. Please record a new one, at most 20 seconds.",
        "video_too_long": "This video is longer than 20 seconds. Please record a shorter one.",
        "video_old": "This video was recorded some time ago and does not do here. Please record one now.",
        "live_unreadable": "The camera has stopped; this does not count as failed. Try once more, or record a video.",
        "live_used_up": (
            "The live check broke off too often; this does not count as failed. "
            'Record a video, or tap "New link" in WeChat.'
        ),
    }
)
"""Faults of a file or a camera: `photo`, `video` or `live`, and what is wrong with it."""

PROMPTS: Mapping[str, str] = MappingProxyType(
    {
        "centre": "Face the screen, look at the dot, keep still.",
        "turn_left": "Slowly turn your head left. Follow the dot.",
        "turn_right": "Slowly turn your head right. Follow the dot.",
        "look_up": "Slowly raise your head. Follow the dot.",
        "look_down": "Slowly lower your head. Follow the dot.",
        "closer": "Slowly bring your face a little closer.",
    }
)
"""Prompts of the guided capture, by action."""

FILM_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "centre": "Face the phone, look into the lens, keep still.",
        "turn_left": "Slowly turn your head left.",
        "turn_right": "Slowly turn your head right.",
        "look_up": "Slowly raise your head.",
        "look_down": "Slowly lower your head.",
        "closer": "Slowly bring your face a little closer.",
    }
)
"""What a recorded video must show, by action: the phone's own camera draws no dot to follow."""

HINTS: Mapping[str, str] = MappingProxyType(
    {
        "challenge_failed": "That is all right. Once more, with other movements. Just follow the dot slowly.",
        "bad_media": "No new picture. Please look at the lens, and turn on a light.",
        "more": "Good. Turn a little more.",
        "more_look_up": "Good. A little higher.",
        "more_look_down": "Good. A little lower.",
        "more_closer": "Good. A little closer.",
        "too_far_turned": "A smaller movement is enough.",
        "other_movement": "That is all right. Look at the dot, and do it again.",
        "no_movement": "No hurry. Please follow the dot slowly.",
        "centre_again": "Please turn your head back to the middle.",
        "slow_line": "The network is slow. Please wait a moment.",
    }
)
"""Corrections of the guided capture, by reason, or by reason and action (`more_look_up`).

A reason that is not listed here is worded as in ANSWERS.
"""

_NOT_MATCHED = "Check not passed. Reason: the face did not match the record. "
FAILURES: Mapping[str, str] = MappingProxyType(
    {
        "mismatch": _NOT_MATCHED
        + "Please try again in a bright place, without mask or hat, the pensioner alone.",
        "not_live": _NOT_MATCHED
        + "The movements were not seen clearly. Please try again slowly, in a bright place.",
        "challenge_failed": _NOT_MATCHED
        + "The movements were not those asked for. Hear each prompt to its end, then move slowly.",
        "person_changed": _NOT_MATCHED
        + "Another face was seen on the way. Let only one person face the phone until the end.",
    }
)
"""Why a capture failed, by reason; the first sentences are the guide's."""

_ENOUGH_FOR_TODAY = (
    "The face check was tried several times today. Please rest; it can be tried again tomorrow. "
    "Another way counts just as much."
)
NOTICES: Mapping[str, str] = MappingProxyType(
    {
        "recognised": "It is you.",
        "lapsed": "The office that pays this pension needs to look at the record. Please contact them. "
        "There is more to read in WeChat.",
        "failed_for_today": f"Check not passed. Reason: the face did not match the record. {_ENOUGH_FOR_TODAY}",
        "enough_for_today": _ENOUGH_FOR_TODAY,
        "other_account": "Please open this link in the WeChat that asked for it.",
        "handed_on": "This link has been opened in another WeChat, and continues only there.",
        "snapshot": "Please tap the button for the full service at the bottom of the screen, and open this again.",
    }
)
"""Answers and pages that belong to no reason of a capture."""

SENT: Mapping[str, str] = MappingProxyType(
    {
        "image": "a picture",
        "voice": "a voice message",
        "video": "a video",
        "shortvideo": "a video",
        "location": "a location",
        "link": "a link",
        "file": "a file",
        "sticker": "a sticker",
    }
)
"""Messages that are not text, by kind; a clerk reads them in brackets."""
