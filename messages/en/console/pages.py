"""English words of the office console: every page, sign-in and figures."""

from collections.abc import Mapping
from types import MappingProxyType

CONSOLE: Mapping[str, str] = MappingProxyType(
    {
        "lang": "en",
        "console": "Certification desk",
        "skip": "Skip to content",
        "pages_are": "Pages",
        "today": "Today",
        "person": "Person",
        "tasks": "Tasks",
        "waiting_says": "{n} chats wait for somebody",
        "talks": "Chats",
        "visits": "Visits",
        "approvals": "Approvals",
        "loading": "Load",
        "export": "Export",
        "audit": "Audit",
        "accounts": "Accounts",
        "sign_out": "Sign out",
        "back_to_today": "Back to the first page",
        "damaged": "Damaged record",
        "session_title": "Signed out",
        "session_idle": "You have not done anything for a while, and are signed out within two minutes.",
        "stay": "Stay signed in",
        "session_day": "You are signed out within two minutes: ten hours are nearly over. Send what you have "
        "begun; what you cannot send in time is not lost.",
        "session_over": "You were signed out: half an hour without a click, or ten hours in all. Sign in and come "
        "back to this page to go on.",
        "session_kept": "What you typed is still here, put out of sight. Sign in to the same account: with another "
        "one, or after three hours, it is gone.",
        "sign_in_again": "Sign in on a new page",
        "further": "More",
        "none_behind": "There are no more from here on.",
        "to_start": "Back to the first",
        "death_reported": "Somebody has reported this person dead, and nobody has verified it yet. Verify it first.",
        "certified_since": "Certified since, on {day} ({scheme})",
        "unsent_is": "What you typed was not sent; copy it if you still need it:",
    }
)
"""Words of every page."""

CONSOLE_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "viewer": "viewer",
        "clerk": "clerk",
        "supervisor": "supervisor",
        "auditor": "auditor",
        "admin": "accounts",
    }
)

CONSOLE_SIGN_IN: Mapping[str, str] = MappingProxyType(
    {
        "title": "Sign in",
        "name_is": "Account",
        "password_is": "Password",
        "go_on": "Next",
        "sign_in": "Sign in",
        "ended_says": "You were signed out: half an hour without a click, or ten hours in all. Sign in again; "
        "what was not sent has to be entered again.",
        "ended_kept": "You were signed out. Sign in again and go back to the page where you were: what you typed is "
        "still there.",
        "forgotten": "Forgotten the password? A colleague who manages accounts can reset it.",
        "code_title": "Enter the code",
        "code_is": "Six-digit code",
        "lost_phone": "The code is in the authenticator app of your phone and changes every thirty seconds. With a new phone, ask a colleague who manages accounts for a reset.",
        "set_up_title": "First sign-in",
        "own_password": "1. Choose a password of your own",
        "own_password_says": "At least twelve characters, without the account's name. A sentence that you remember will do.",
        "new_password_is": "New password",
        "again_is": "Repeat it",
        "app": "2. Add the authenticator",
        "app_says": "Scan this code with an authenticator app on your phone (Microsoft or Google Authenticator, for example), then enter the six digits that it shows.",
        "qr_is": "QR code for the authenticator app",
        "by_hand": "Cannot scan it? Enter this key by hand:",
        "wrong_password": "Account and password do not match. Please try again.",
        "wrong_code": "This is not the code. Please enter the one that is shown now.",
        "used_code": "This code has been used. Please wait for the next one.",
        "locked": "There were too many failures. Please try again in {minutes} min; each further failure makes the wait longer.",
        "weak_password": "Please choose another one: at least twelve characters, without the account's name, and not the one that you were given.",
        "not_alike": "The two passwords differ.",
    }
)

CONSOLE_REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "origin": "This request did not come from a page of the desk. Nothing was done.",
        "csrf": "The page was open for too long. Nothing was done. Please open it again from the first page.",
        "permission": "Your account may not do this. The attempt was recorded.",
        "form": "The form did not arrive completely. Nothing was done. Please open the page again.",
        "missing": "There is no such page.",
        "missing_case": "This person's page is closed: it stays open for half an hour, for whoever opened it. "
        "Nothing was done. Please search for the person again.",
        "find_again": "Search again",
        "away": "The system is busy. Please try again later.",
        "damaged": "A record needed here is damaged, or a newer program wrote it. Nothing was done. "
        "Please tell the administrator.",
    }
)

CONSOLE_TODAY: Mapping[str, str] = MappingProxyType(
    {
        "today_title": "Today",
        "as_of": "As of {at}",
        "registry_as_of": "Due, overdue and suspended as counted at {counted}",
        "certified_today": "Certified today",
        "certified_week": "Certified in seven days",
        "due_in_30": "Due in thirty days",
        "overdue_now": "Overdue",
        "suspended_now": "Suspended",
        "tasks_open": "Open tasks",
        "not_arrived_now": "Messages not delivered",
        "live_now": "Face checks under way",
        "live_waiting": "{waiting} waiting",
        "healthy": "Everything works.",
        "turned_down_says": "Requests of yours that were not carried out: {turned_down}. See who declined, and why.",
        "degraded_is": "Not in order:",
        "trend_title": "Certified in the last seven days",
        "places_title": "By city",
        "places_says": "Counted from the registry and the newest certification; the deceased and ended benefits are left out.",
        "funnel_title": "From greeting to pass (seven days)",
        "funnel_says": "A person counts once per day and step; a face check on the day of its link. Begin with the step at which most leave.",
        "left_here": "{n} got no further",
        "left_most": "{n} got no further, the most",
        "by_day": "By day",
        "failures_title": "Why faces failed (seven days)",
        "undelivered_title": "Messages not delivered",
        "tasks_title": "Open tasks by waiting time",
        "nothing": "None",
        "csv": "Download table",
        "day": "Day",
        "passes": "Certified",
        "scheme": "Scheme",
        "city": "City",
        "week": "Certified in seven days",
        "due_soon": "Due in thirty days",
        "overdue": "Overdue",
        "suspended": "Suspended",
        "step": "Step",
        "people": "People",
        "left": "Got no further",
        "reason": "Reason",
        "checks": "Checks",
        "why": "State",
        "messages": "Messages",
        "task": "Task",
        "age": "Waiting",
        "count": "Count",
    }
)

CONSOLE_FUNNEL: Mapping[str, str] = MappingProxyType(
    {
        "greeted": "Greeted",
        "agreed": "Agreed",
        "identified": "Identity given",
        "eligible": "Eligible",
        "linked": "Link received",
        "begun": "Check begun",
        "verified": "Certified",
    }
)

CONSOLE_FAILURES: Mapping[str, str] = MappingProxyType(
    {
        "mismatch": "Not like the photo on record",
        "not_live": "Movement not seen clearly",
        "challenge_failed": "A different movement than asked",
        "person_changed": "Another face came in",
        "no_face": "No face seen",
    }
)
"""Reasons why face checks failed, as a clerk reads them out."""

CONSOLE_UNDELIVERED: Mapping[str, str] = MappingProxyType(
    {
        "queued": "Queued",
        "waiting": "Waiting until the person writes again",
        "refused": "Given up (seven days)",
    }
)

CONSOLE_TASK_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "death": "Death reported",
        "assist": "Cannot do the movements",
        "forget": "Face consent withdrawn",
        "failed_tries": "Failed many times",
        "second_look": "Second look",
        "no_photo": "No photo on record",
        "home_visit": "Home visit",
    }
)

CONSOLE_AGES: Mapping[str, str] = MappingProxyType(
    {
        "today": "Less than a day",
        "days": "One to three days",
        "week": "Three to seven days",
        "older": "More than seven days",
    }
)
