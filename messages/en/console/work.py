"""English words of tasks, visits and approvals in the office console."""

from collections.abc import Mapping
from types import MappingProxyType

CONSOLE_TASKS: Mapping[str, str] = MappingProxyType(
    {
        "tasks_title": "Tasks",
        "kind_is": "Task",
        "all_kinds": "All tasks",
        "age_is": "Age",
        "all_ages": "Any age",
        "whose": "Whose",
        "anybody": "All",
        "mine": "Mine",
        "nobody": "Not taken",
        "filter": "Filter",
        "export": "Download table",
        "none_open": "No open tasks.",
        "number": "Number",
        "person_is": "Name",
        "document_is": "Document",
        "since_is": "Since",
        "days_is": "Days",
        "holder_is": "Taken by",
        "certified_since_is": "Certified since",
        "take": "Take",
        "came_today": "came today",
        "came_yesterday": "came yesterday",
        "days_old": "waiting for {days} days",
        "free": "Not taken yet",
        "open_case": "Open the case",
        "hand_on_to": "Hand on to",
        "to_all": "Put back for all",
        "hand_on": "Hand on",
        "result_is": "Result",
        "choose": "Please choose",
        "finish": "Done",
        "taken_by_other": "Somebody else has just taken this task; see below who.",
        "not_yours": "This task is not yours; it may have been handed on.",
        "ended": "This task has been ended.",
        "task_done": "Ended.",
        "done_tried_out": "Ended. This person has failed too often today; ending the task allows no further try. "
        "Offer the counter or a visit, or tomorrow.",
        "task_taken": "Taken.",
        "handed_on": "Handed on.",
        "no_result": "Please choose a result first.",
        "awaits": "The result waits for a colleague's approval.",
        "visit_day_is": "Day of the visit",
        "stale_plan": "This visit has been planned again meanwhile, and was not changed. Look at its day and visitor below, and plan again "
        "if you still want to.",
        "no_day": "no day yet",
        "plan_visit": "Plan the visit",
        "visitor_is": "Visitor",
        "plan_do": "Plan",
    }
)

CONSOLE_RESULTS: Mapping[str, str] = MappingProxyType(
    {
        "settled": "Settled",
        "certified": "Certified another way",
        "not_reached": "Not reached",
        "moved": "Moved away",
        "living": "Verified: living",
        "deceased": "Verified: deceased",
    }
)

CONSOLE_APPROVALS: Mapping[str, str] = MappingProxyType(
    {
        "approvals_title": "Waiting for a second person",
        "approvals_says": "What you requested yourself is for a colleague to decide. "
        "Approving in the browser that the requester used is marked in the audit.",
        "none_waiting": "Nothing is waiting.",
        "approve": "Approve",
        "decline": "Decline",
        "photo_asked": "Photo",
        "own": "Yours",
        "approved": "Approved and done.",
        "had_passed": "This person has certified already. That pass counts; nothing was added.",
        "decline_do": "Decline it",
        "reason_is": "Reason (may be left out)",
        "declined": "Declined. Nothing was done.",
        "declined_by": "{by} declined",
        "declined_because": "{by} declined: {words}",
        "not_carried_out": "{by} approved, but it could not be done: {reason}",
        "turned_down_title": "Not done",
        "turned_down_says": "Your requests of the last ten days that a colleague declined, or that could no longer be carried "
        "out when they were approved. If one is still wanted, request it again, on the person's page or at the task.",
        "not_open": "This has already been decided, or you requested it yourself.",
        "open_case": "Open the case",
        "ended": "This has already been decided.",
        "damaged_act": "The record of this one is damaged. Nothing was done; request it again.",
    }
)

CONSOLE_ACTS: Mapping[str, str] = MappingProxyType(
    {
        "certify": "Record that the person was seen",
        "grant": "Exempt from movements",
        "end_grant": "End the exemption",
        "forgive": "Let them try again",
        "revoke": "Revoke a certification",
        "death": "Note a death",
        "enrol": "Enrol a photo",
        "forget": "Delete face templates",
        "seen_at_home": "Seen at home",
        "death_found": "Verified: deceased",
        "give_up": "End a task without a certification",
    }
)

CONSOLE_ACCOUNTS: Mapping[str, str] = MappingProxyType(
    {
        "accounts_title": "Accounts",
        "first_says": "The first password is shown only this once. Hand it over in person; at the first sign-in the user replaces it and adds the authenticator.",
        "add_title": "Add an account",
        "name_is": "Name",
        "role_is": "Role",
        "add": "Add",
        "reset": "Reset password and authenticator",
        "reset_says": "The old password and app stop working at once. A new password is shown: hand it over in person.",
        "disable": "Disable",
        "disable_says": "They are signed out at once, and their tasks and chats are open to everybody again. A reset brings the "
        "account back.",
        "active": "Active",
        "never": "Never signed in",
        "disabled": "Disabled",
        "disabled_now": "Disabled; its sessions have ended.",
        "damaged_account": "Damaged record: nobody can sign in with it",
        "taken": "This account exists already.",
        "bad_name": "A name has 2 to 32 letters, digits, dots or dashes.",
        "reserved_name": "The audit trail calls a part of the service by this name. Please choose another.",
        "nobody_there": "There is no such account.",
        "not_oneself": "Only another administrator can change your own account.",
    }
)

CONSOLE_TALKS: Mapping[str, str] = MappingProxyType(
    {
        "talks_title": "Chats",
        "not_offered": "Not in use. Once office hours are set (PENSION_BOT_HUMAN_HOURS), "
        "chats that ask for a person arrive here.",
        "no_talks": "Nobody is waiting.",
        "somebody": "Not known yet",
        "waits_since": "Since {at}, {waited}",
        "just_came": "just now",
        "waited_minutes": "waiting for {minutes} min",
        "waited_hours": "waiting for {hours} h {minutes} min",
        "talks_since": "Since {at}",
        "waiting": "Waiting",
        "mine": "With me",
        "with_other": "With {name}",
        "missed": "Missed",
        "missed_says": "Nobody took the chat; it went back to the bot. You can still take it, or call.",
        "ended_unread": "Ended by the person",
        "ended_unread_says": "The person wrote something and ended the chat before anybody took it. "
        "Please read it; you can still take it, or call.",
        "unfollowed_unread": "Stopped following",
        "unfollowed_unread_says": "The person wrote something and stopped following before anybody took the chat: an answer "
        "here does not arrive. Please read it, and call or visit if it matters.",
        "see_to": "Read, no answer needed",
        "seen_to": "Put away. The person gets no message.",
        "look": "Look",
        "open_talk": "Go on",
        "take": "Take",
        "talk_title": "Chat",
        "from_person": "Person",
        "from_bot": "Bot",
        "from_clerk": "Staff",
        "no_lines": "The person has not said anything yet.",
        "stands_at": "Step",
        "for_whom": "For whom",
        "scheme_is": "Scheme",
        "own": "Themselves",
        "for_other": "Somebody else",
        "open_case": "Open the case",
        "window_title": "Time to answer",
        "window_open": "Until {until} you can send {left} more. "
        "Each message from the person starts another 48 hours and five messages.",
        "hours_left": "{hours} hours left",
        "minutes_left": "Less than {minutes} minutes left",
        "window_full": "The five messages are used up. What you write now arrives with the person's next message.",
        "window_closed": "The person has not written for 48 hours, and WeChat accepts no message. "
        "What you write now arrives with their next one.",
        "window_after": "Later answers are not lost: they arrive with the person's next message. "
        "If it is urgent, call the number on file or arrange a visit.",
        "words_are": "Answer",
        "words_say": "At most 500 characters. After {silence} minutes without a message "
        "the chat goes back to the bot.",
        "send": "Send",
        "hand_back": "End, back to the bot",
        "hand_back_says": "The person is told, and the last question is asked again.",
        "back_to_queue": "Back to the list",
        "refresh": "Refresh",
        "is_over_says": "This chat has ended.",
        "taken": "The chat is yours. Please answer soon.",
        "sent": "Sent.",
        "no_words": "There is no answer yet.",
        "too_long": "The answer is too long. Please send several, of 500 characters at most.",
        "handed_back": "The chat is back with the bot.",
        "taken_by_other": "A colleague has just taken this chat, or the person has ended it. See the list below.",
        "not_yours": "This chat is not yours; the person may have ended it. The answer was not sent.",
        "said_already": "The same words were sent a moment ago, and were not sent again.",
        "unsent_is": "Not sent; copy it if you need it:",
    }
)

CONSOLE_VISITS: Mapping[str, str] = MappingProxyType(
    {
        "visits_title": "Home visits",
        "print_says": "On paper only the list is printed; on a phone the result can be recorded at once.",
        "day_is": "Day",
        "visitor_is": "Visitor",
        "show": "Show",
        "number": "Number",
        "not_paid_now": "The registry pays no benefit",
        "due_on": "due by {day}",
        "address_is": "Address",
        "phone_is": "Telephone",
        "time_is": "Time",
        "their_sign": "Signature or fingerprint",
        "own_sign": "Visitor's signature",
        "record": "Record the result",
        "result_is": "Result",
        "grounds_is": "If seen: verified by",
        "choose": "Please choose",
        "two_says": "A person who was seen is certified once a colleague has approved it.",
        "record_do": "Save",
        "none_planned": "No visits are planned for this day.",
        "prints_on": "There are more: open the next page to print them.",
        "no_need": "If nobody has to go any more, end it under Tasks as dealt with.",
        "awaits": "Waits for approval",
        "put_off": "Recorded: not met. The visit is still open; please plan another day.",
        "reported": "Recorded; reminders pause. A colleague verifies it before the report is closed.",
        "not_yours": "This visit is not yours, or its result has already been recorded.",
    }
)

CONSOLE_VISIT_RESULTS: Mapping[str, str] = MappingProxyType(
    {
        "seen": "Seen, living",
        "not_met": "Not met",
        "moved": "Moved away",
        "deceased": "Said to have died",
    }
)

CONSOLE_EXPORT: Mapping[str, str] = MappingProxyType(
    {
        "export_title": "Export certifications",
        "export_says": "For the core system: one line per certification, identified by its receipt, so that a line "
        "that is imported twice counts once. Revoked ones are included, with the time. The audit records it.",
        "since_is": "Starting from",
        "since_says": "A date, or the last receipt of the export before. Left empty: all.",
        "format_is": "Format",
        "csv": "CSV table",
        "xlsx": "Excel workbook",
        "json-lines": "JSON, one object per line",
        "identified_is": "With full names and document numbers (for the core system only)",
        "download": "Download",
        "bad_since": "Please give a date such as 2026-11-01, or a receipt number.",
        "no_receipt": "There is no such receipt.",
        "no_format": "Please choose a format.",
    }
)
