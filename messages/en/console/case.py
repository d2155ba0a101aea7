"""English words of one person's case in the office console."""

from collections.abc import Mapping
from types import MappingProxyType

CONSOLE_PERSON: Mapping[str, str] = MappingProxyType(
    {
        "find_title": "Find a person",
        "number_is": "Document number or receipt",
        "number_says": "Enter it as it is read out. It never appears in an address or a log.",
        "reason_is": "Reason for looking",
        "choose": "Please choose",
        "find": "Find",
        "recorded": "Each look is recorded: who, at whom, and why.",
        "no_reason": "Please choose a reason first.",
        "not_found": "Nobody is on record under this number. Please check it again, and ask which document it is.",
        "not_a_number": "Not a valid number. Please have it read out again, character by character.",
        "name_typed": "People are not found by name. Please enter a document number or a receipt.",
        "benefits_title": "Benefits",
        "no_benefit": "Not in the registry.",
        "status_is": "Payment",
        "due_is": "Next due",
        "due_unknown": "No date",
        "passes_title": "Certifications",
        "link_results_title": "Face checks",
        "messages_title": "Messages",
        "messages_says": "Whether they arrived; what they say is not read.",
        "reminders_title": "Reminders",
        "reminder_of": "Reminder: due {due}",
        "reminded": "{count} accounts are reminded.",
        "paused": "A death was reported; reminders are paused.",
        "not_reminded": "Nobody is reminded.",
        "helpers_title": "Who helps",
        "consents_title": "Consents",
        "tasks_of_title": "Open tasks",
        "photo_title": "Photo on record",
        "no_photo": "None: a face check is not possible.",
        "photo_since": "Yes, since {day}.",
        "exempt_until": "Without movements until {until}: {reason}",
        "revoked_is": "Revoked",
        "nothing": "None",
        "actions_title": "Actions",
        "two_says": "Actions with ★ take effect when a colleague has approved them.",
        "send_link": "Send a new link",
        "send_link_says": "To the account used last; valid for half an hour.",
        "forgive": "Let them try again today",
        "forgive_says": "After five failures no more tries are allowed that day; this allows them again.",
        "certify": "Record that the person was seen",
        "channel_is": "How",
        "grounds_is": "Verified by",
        "scheme_is": "Scheme",
        "none_paid": "The registry has no benefit that is being paid: there is nothing to certify.",
        "certify_do": "Record",
        "plan_visit": "Plan a home visit",
        "plan_says": "On which day, and who goes. The list can be printed or opened on a phone.",
        "visit_day_is": "Day",
        "visitor_is": "Visitor",
        "plan_do": "Plan",
        "grant": "Exempt from movements (a photo will do)",
        "until_is": "Until",
        "words_is": "Reason (kept sealed)",
        "grant_do": "Grant",
        "end_grant": "End the exemption",
        "revoke": "Revoke this certification",
        "revoke_do": "Revoke",
        "enrol": "Enrol a photo",
        "enrol_says": "Take or choose a photo from the front; you are told at once whether it will do. The earlier one counts until the new one does.",
        "take_photo": "Take one with the phone",
        "choose_photo": "Or choose one",
        "enrol_do": "Check and enrol",
        "death": "Note a death",
        "death_says": "All reminders end. Change the insurance registry as well, or the next import brings the entry back.",
        "forget": "Delete face templates",
        "forget_says": "No face check is possible until a photo is enrolled again.",
        "waits_title": "Waits for a colleague's approval",
        "turned_down_title": "Requested, but not done",
        "asked_by": "Requested by {name}; ",
        "visit_on": "visit on {day}",
        "sure": "I have verified this",
        "new_search": "Find another person",
    }
)

CONSOLE_LOOKS: Mapping[str, str] = MappingProxyType(
    {
        "call": "The person or a relative calls",
        "counter": "The person or a relative is at the counter",
        "task": "Working on a task",
        "talk": "Answering a chat",
        "complaint": "A complaint",
        "review": "A review",
    }
)

CONSOLE_FLASHES: Mapping[str, str] = MappingProxyType(
    {
        "done": "Done.",
        "had_passed": "This person has certified today already. That pass counts; nothing was added.",
        "death_open": "Done. Somebody reported this person's death, and that task is still open: look into it under Tasks. Reminders go on once it ends with living.",
        "waits": "Submitted; a colleague has to approve it.",
        "awaits": "You have submitted this already; a colleague has to approve it. It was not submitted again.",
        "incomplete": "Something is missing. Nothing was done.",
        "bad_until": "The day must be in the future, at most 400 days ahead. Nothing was done.",
        "nothing": "There is nothing to do; somebody may have done it already.",
        "not_paid": "The registry pays no such benefit. Nothing was done.",
        "tried_out": "This person has failed too often today; nobody can allow another try. Offer the counter or a visit, or "
        "tomorrow.",
        "stale": "Since you opened this page the case has changed, or this was done already. Nothing was done now. "
        "Look at how things stand below, and press again if it still has to be done.",
        "overtaken": "Something has changed since (a new pass, or another exemption). Nothing was done; request it again if it is still wanted.",
        "visit_planned": "The visit is planned; the list is on the page Visits.",
        "bad_plan": "Please choose a day from today on, and a visitor. Nothing was planned.",
        "not_yours": "A colleague makes this visit; that colleague or a supervisor can change it.",
        "photo_none": "No photo has arrived: take or choose one.",
        "photo_busy": "The system is busy: please try again in a moment.",
        "photo_no_face": "No face in the photo. Please face the camera and take another one.",
        "photo_multiple_faces": "More than one face in the photo, perhaps a picture on the wall. Please take another one.",
        "photo_too_dark": "The photo is too dark. Please turn on a light and take another one.",
        "photo_too_bright": "The photo is too bright. Please turn away from the light and take another one.",
        "photo_blurred": "The photo is blurred. Please hold the phone still, wipe the lens and take another one.",
        "photo_too_far": "The face is too small. Please come closer and take another one.",
        "photo_too_close": "The face is larger than the picture. Please step back and take another one.",
        "photo_off_centre": "The face is not inside the picture. Please take another one.",
        "photo_not_frontal": "The face is turned away. Please face the camera and take another one.",
        "photo_covered": "The face is covered. Please take off mask and scarf and take another one.",
        "photo_bad_media": "This file cannot be opened: use a JPEG, PNG or BMP photo.",
        "photo_too_large": "The photo is too large: at most 10 MB and 40 megapixels.",
        "link_sent": "The link is on its way and valid for half an hour. Please ask them to open the chat.",
        "link_no_account": "The person has not used WeChat here; there is nowhere to send it.",
        "link_closed": "That account has not written for two days, so nothing may be sent. Ask them to write something in the chat, then try again.",
        "link_no_photo": "There is no photo on record; please use another way.",
    }
)

CONSOLE_LINK_RESULTS: Mapping[str, str] = MappingProxyType(
    {
        "passed": "Passed",
        "failed": "Failed",
        "closed": "Link closed",
        "open": "Link still valid",
        "not_agreed": "Not opened, or not agreed",
        "not_begun": "Agreed, but not begun",
        "not_finished": "Begun, but not finished",
    }
)

CONSOLE_ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "mismatch": "Not like the photo on record. Ask them to go where it is bright, without mask or hat, and face the phone.",
        "not_live": "The movement was not seen clearly. Ask them to move slowly, after each sentence.",
        "challenge_failed": "A different movement than asked. Ask them to listen first, then move.",
        "no_face": "No face was seen. Please face the phone, with the face inside the frame.",
        "person_changed": "Another face came in. Only the person should face the phone.",
        "not_agreed": "Ask whether the link arrived, or send a new one.",
        "not_begun": "They may need help with the camera.",
        "not_finished": "The line may be slow, or they left; send a new link.",
    }
)

CONSOLE_STANDINGS: Mapping[str, str] = MappingProxyType(
    {
        "not_due": "Not due",
        "due_soon": "Due soon",
        "overdue": "Overdue",
        "suspended": "Overdue, suspended by rule",
        "counter": "Suspended for a long time: counter only",
    }
)

CONSOLE_BENEFITS: Mapping[str, str] = MappingProxyType(
    {
        "active": "Paid",
        "suspended": "Suspended",
        "terminated": "Ended",
        "deceased": "Death noted",
    }
)

CONSOLE_CONSENTS: Mapping[str, str] = MappingProxyType(
    {
        "agreement": "User agreement",
        "privacy": "Privacy policy",
        "reminders": "Reminders",
        "face": "Face processing",
        "face.withdrawn": "Face consent withdrawn",
    }
)

CONSOLE_MESSAGE_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "text": "Message",
        "template": "Notice",
        "reminder": "Reminder",
        "notice": "For information",
    }
)

CONSOLE_FATES: Mapping[str, str] = MappingProxyType(
    {
        "sent": "Sent",
        "queued": "Queued",
        "waits": "Waiting for a message from them",
        "cancelled": "No longer needed",
        "window_closed": "No message from them for 48 hours: WeChat refuses",
        "unfollowed": "The account no longer follows us",
        "refused": "WeChat refused it ({code})",
    }
)

CONSOLE_GROUNDS: Mapping[str, str] = MappingProxyType(
    {
        "document": "Document and person compared",
        "known": "Known to the staff",
        "video_call": "Video call and details checked",
    }
)

CONSOLE_LINK: Mapping[str, str] = MappingProxyType(
    {
        "text": "Hello, the office sends you a new link for the face check. It is valid for half an hour.",
        "label": "Begin the face check here",
    }
)

CONSOLE_STATES: Mapping[str, str] = MappingProxyType(
    {
        "home": "At the start",
        "city": "Choosing a city",
        "more_cities": "Choosing a city",
        "agreement": "Reading the agreement",
        "guide": "Reading the guide",
        "manner": "Choosing for whom",
        "agent_name": "Entering the helper's name",
        "agent_id_type": "Choosing the helper's ID",
        "agent_number": "Entering the helper's ID number",
        "relative": "Choosing a relative",
        "name": "Entering the name",
        "id_type": "Choosing the ID",
        "number": "Entering the ID number",
        "read_back": "Checking what was entered",
        "checking": "Waiting for the registry",
        "rechecking": "Waiting for the registry",
        "notice": "Details checked, before the face check",
        "capture": "Has the link, face check open",
        "passed": "Certified",
        "failed": "Face check failed",
        "tries_used_up": "No face checks left today",
        "mismatch": "Details do not match the registry",
        "abnormal": "Benefit status needs attention",
        "counter": "Has to come to the counter",
        "no_reference": "No photo on record",
        "no_record": "No certification found",
        "record": "Reading the record",
        "reported": "Reported a death",
        "reports_held": "Too many death reports",
        "withdrawal": "Wants to withdraw the face consent",
        "withdrawn": "Has withdrawn the face consent",
        "erasure": "Wants their own data deleted",
    }
)
"""The state of a talk, in clerks' words."""
