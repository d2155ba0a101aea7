"""English words of the audit trail in the office console."""

from collections.abc import Mapping
from types import MappingProxyType

AUDIT: Mapping[str, str] = MappingProxyType(
    {
        "audit_title": "Audit trail",
        "account_is": "Account",
        "everybody": "Everybody",
        "action_is": "Action",
        "all_actions": "All actions",
        "filter": "Filter",
        "person_number_is": "Who looked at this person (document number)",
        "search": "Search",
        "check": "Check that the trail is whole",
        "time_is": "Time",
        "who_is": "Who",
        "subject_is": "Subject",
        "detail_is": "Detail",
        "earlier": "Earlier",
        "no_entries": "No entries.",
        "no_number": "This is no document number.",
        "of_person": "Below are the entries of this person alone.",
        "cut_before": "Entries from before {day} were deleted after their retention period. Those about "
        "certifications, revocations, exemptions and accounts are all there.",
        "whole": "The trail is whole and unchanged.",
        "broken": "Entries are missing or changed. Please call the person in charge of the system.",
    }
)

ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "account.bound": "Account bound to a person",
        "account.unbound": "Account unbound",
        "agency.ended": "Help for another ended",
        "capture.closed": "Face link closed",
        "capture.failed": "Face check failed",
        "capture.handed_over": "Link sent to the person",
        "capture.opened": "Face link opened",
        "capture.passed": "Face check passed",
        "consent.face": "Consent to the face check",
        "consent.face.withdrawn": "Face consent withdrawn",
        "consent.reminders": "Consent to reminders",
        "consent.terms": "Consent to the terms",
        "grants.read": "Exemptions read",
        "failed.often": "Failed many times",
        "help.asked": "Cannot do the movements",
        "keys.rotated": "Keys rotated",
        "photo.asked": "No photo on record",
        "purged": "Old data deleted",
        "reminders.ended": "Reminders ended",
        "session.damaged": "Stored chat is damaged",
        "second_look.wanted": "Second look wanted",
        "tries.used_up": "Tries of the day used up",
        "case.opened": "Looked at a person",
        "case.not_found": "Looked for a person in vain",
        "console.signed_in": "Signed in",
        "console.signed_out": "Signed out",
        "console.refused": "Refused",
        "console.account.added": "Account added",
        "console.account.disabled": "Account disabled",
        "console.account.reset": "Account reset",
        "certified.by_office": "Certified by the office",
        "approval.asked": "Approval asked for",
        "approval.given": "Approved",
        "approval.refused": "Declined",
        "approval.same_browser": "Approved in the requester's browser",
        "audit.cut": "Old audit entries deleted",
        "audit.read": "Audit trail read",
        "death.noted": "Death noted",
        "link.sent": "Link sent",
        "tries.forgiven": "Tries forgiven",
        "grant.given": "Exemption granted",
        "grant.revoked": "Exemption ended",
        "receipt.revoked": "Certification revoked",
        "registry.imported": "Registry loaded",
        "registry.compared": "Full export compared",
        "faces.enrolled": "Photos enrolled",
        "load.received": "File uploaded",
        "load.applied": "Load applied",
        "load.cancelled": "Load cancelled",
        "load.list.read": "List of a load downloaded",
        "template.enrolled": "Photo enrolled",
        "template.deleted": "Templates deleted",
        "certifications.read": "Certifications exported",
        "data.erased": "Data deleted by the person",
        "tasks.read": "Tasks read",
        "tasks.exported": "Tasks exported",
        "talk.answered": "Answered a chat",
        "talk.asked": "Asked for a person",
        "talk.ended": "Ended a chat",
        "talk.read": "Read a chat",
        "talk.taken": "Took a chat",
        "talks.listed": "Read the list of chats",
        "task.taken": "Task taken",
        "task.handed_on": "Task handed on",
        "task.done": "Task ended",
        "task.shown": "Task shown",
        "visit.planned": "Visit planned",
        "visit.shown": "List of visits shown",
        "visit.recorded": "Visit recorded",
        "death.reported": "Death reported",
    }
)
"""By the stored word of an action; each has one."""

ACTORS: Mapping[str, str] = MappingProxyType(
    {
        "operator": "Operator's command",
        "capture": "Face page",
        "dialog": "Chat",
        "console": "Console",
        "worker": "Background work",
    }
)


TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "console_audit": AUDIT,
        "console_actions": ACTIONS,
        "console_actors": ACTORS,
    }
)
