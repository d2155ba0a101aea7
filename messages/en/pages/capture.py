"""English words of the capture page and of its scripts.

The template names its words by key; a script reads its own by key. `{name}` is filled with a value.
"""

from collections.abc import Mapping
from types import MappingProxyType

from messages.en import labels
from messages.en.pages.around_capture import OTHER_ROUTES
from messages.language.labels import Label

CAPTURE: Mapping[str, str] = MappingProxyType(
    {
        "title": "Face check",
        "step_agree": 'You read a short notice and tap "I agree"',
        "step_photo": 'Your face in the oval, you tap "Take photo"',
        "step_result": "A few seconds later you see the result",
        "bright": "The person who receives the pension, in a bright place, without mask or hat.",
        "other_ways": OTHER_ROUTES,
        "begin": "Start",
        "helper_films": "Family holds the phone",
        "consent_title": "Consent to the face check",
        "sender_before": "This link was asked for by ",
        "sender_after": (
            " (your helper) in WeChat for you, and passed on to you. The helper is told the result. "
            'If you do not know this person, tap "I do not agree".'
        ),
        "separate": "This consent is apart from the User Service Agreement. You may say no.",
        "purpose_is": "What for: ",
        "purpose_says": "only to see that it is you.",
        "how_is": "How: ",
        "how_says": "your face in the pictures taken now is compared once with the photo on record.",
        "kept_is": "No photo is kept: ",
        "kept_says": "photos and videos taken now are thrown away right after the comparison.",
        "undo_is": "You can take it back: ",
        "undo_says": f'reply "{labels.LABELS[Label.WITHDRAW_FACE]}" in the chat, or call 12333.',
        "version_is": "Version {version} ",
        "privacy_policy": "Privacy Policy",
        "agree": "I agree",
        "decline": "I do not agree",
        "take": "Take photo",
        "phone_camera": "Use phone camera",
        "send_video": "Record a video",
        "can_move": "I can move: live face check",
        "in_queue": 'There is nothing to do. When it is your turn, you will hear "Face the screen".',
        "film_title": "Face check by video",
        "film_how": "First look at the movements, then record one video without stopping. At most 20 seconds.",
        "film": "Record the video",
        "helper_records": "Family records it",
        "film_back": "Try live once more",
        "waiting": "Please wait. There is nothing to tap.",
        "try_again": labels.LABELS[Label.CHECK_AGAIN],
        "again": "Try once more",
        "other_title": "Other ways count just as much",
        "counter_is": "At the counter: ",
        "counter_says": "go to the pension office with your ID.",
        "visit_is": "At home: ",
        "visit_says": "if getting about is hard, book a home visit.",
        "phone_is": "By phone: ",
        "help_is": "Ask a person: ",
        "help_says": 'reply "Talk to a person" in the chat.',
        "unchanged": "Your pension does not change because there was no face check today.",
        "back": "Back to face check",
        "passed_next": "The result is in the chat. You can close this page.",
        "passed_for_agent": "Your helper {agent} has been told the result. You can close this page.",
        "failed_next": OTHER_ROUTES,
        "closed_next": f"Everything you entered is kept. {OTHER_ROUTES}",
        "partial": 'This page did not open in full. Please tap "Try once more".',
        "without_script": "Please open this link in WeChat. You can also call 12333, or go to the pension office.",
    }
)

SCRIPT: Mapping[str, str] = MappingProxyType(
    {
        "voice": "en-US",
        "voice_on": "Voice on",
        "voice_yue": "Cantonese",
        "voice_off": "Voice off",
        "begin_live": "About one minute. First see what there is to do.",
        "begin_photo": "Three steps, about one minute.",
        "resume": 'You had not finished last time. Tap "Continue" to go on.',
        "go_on": "Continue",
        "consent": 'Please read this, then tap "I agree".',
        "live": "Your face in the oval. Follow the dot slowly.",
        "unable": "I cannot do this",
        "uneasy": "A face check is hard for me",
        "photo": 'Your face in the oval, then tap "Take photo".',
        "checking": "Checking…",
        "other": "No face check? That is all right.",
        "not_sent": (
            "The network is weak and the picture was not sent. "
            'Tap "Try once more". There is no need to take it again.'
        ),
        "film_not_sent": (
            "The network is weak and the video was not sent. "
            'Tap "Try once more". There is no need to record it again.'
        ),
        "offline": 'The network is weak. Please tap "Try once more".',
        "opening": 'Please tap "Allow" to turn on the camera.',
        "no_camera": "This phone cannot do a live face check. You can record a video.",
        "insecure": "This page has no https address, so there is no camera. Please tell the office; you can record a video.",
        "upright": "Please hold the phone upright.",
        "step": "Step {step} of {steps}",
        "refused": 'The camera is not on. Tap "Try live once more", then "Allow", or record a video.',
        "in_use": "The camera is in use. Please end the video call first, then tap here.",
        "camera_again": "The camera stopped for a moment. Opening it again, please wait.",
        "reconnecting": "The line broke for a moment. Connecting, please wait.",
        "slow_film": "The network is slow. A recorded video will do as well, and may take its time.",
        "elsewhere": 'This link was opened on another page. To go on here, tap "Try once more".',
        "helper": "Your family holds the phone and points it at your face.",
        "queue": "Many people are waiting. Your place is {place}, please wait.",
        "trial_turn": "You will follow the dot and turn slowly, like this.",
        "trial_nod": "Or you raise and lower your head, like this.",
        "trial_closer": "Or you come a little closer, like this.",
        "seconds": "{count} s",
        "rehearsal": "A rehearsal: a photo moves, no face is checked",
    }
)
"""Words that the scripts insert, and the locale of the voice that reads the page."""
