"""English words for the stored words of the audit trail's details."""

from collections.abc import Mapping
from types import MappingProxyType

AUDIT_DETAILS: Mapping[str, str] = MappingProxyType(
    {
        "certify": "certification",
        "query": "query",
        "report": "death report",
        "ok": "passed",
        "unknown": "unknown",
        "expired": "link expired",
        "sample": "sample",
        "demo": "demo",
        "asked by": "asked by",
        "account": "account",
        "task": "task",
        "talk": "chat",
        "load": "load",
        "approval": "approval",
        "visit": "visit",
        "photo": "photo",
        "grant": "number",
        "ends": "ends number",
        "until": "until",
        "passive": "no movements",
        "all": "all",
        "anybody": "anybody's",
        "one": "one person",
        "approvals": "what waits for approval",
        "identified": "with names and numbers",
        "replaced": "replaced",
        "new": "new",
        "changed": "changed",
        "unchanged": "unchanged",
        "refused": "refused",
        "passed": "passed by face",
        "enrolled": "photo enrolled",
        "damaged": "record damaged",
        "registry": "registry",
        "photos": "photos",
        "bytes": "bytes",
        "held": "held",
        "missing": "missing",
        "begun": "begun",
        "interrupted": "interrupted",
        "broken off": "broken off",
        "rejected": "refused rows",
        "seen": "seen",
        "not_met": "not met",
        "zh": "Chinese",
        "en": "English",
        "not_open": "decided, or their own",
        "not_yours": "not theirs",
        "taken_by_other": "another has it",
        "awaits": "waits already",
        "no_reason": "no reason chosen",
        "nothing": "nothing to do",
        "stale": "page out of date",
        "link": "link",
        "overtaken": "overtaken",
        "incomplete": "incomplete",
        "not_paid": "not paid",
        "bad_until": "wrong day",
        "no_file": "no file",
        "other_open": "another load is open",
        "bad_city": "wrong city",
        "cancelled_meanwhile": "cancelled meanwhile",
        "origin": "from another site",
        "csrf": "page too old",
        "permission": "no permission",
        "form": "no whole form",
        "away": "database away",
        "session expired": "session expired",
        "session in another browser": "session in another browser",
        "session over": "session over",
        "wrong password": "wrong password",
        "wrong code": "wrong code",
        "code used before": "code used before",
        "locked after failures": "locked after failures",
        "account disabled": "account disabled",
        "weak password": "weak password",
        "unknown name": "no such account",
        "inbox": "messages received",
        "outbox": "messages sent",
        "captures": "face checks",
        "conversations": "conversations",
        "windows": "reply windows",
        "talks": "chats with clerks",
        "tallies": "counts by day",
        "loading": "loads",
        "consents": "consents",
        "case": "a person's page",
        "figures": "today",
        "person": "person",
        "tasks": "tasks",
        "enrol": "photo",
        "approve": "approvals",
        "export": "export",
        "audit": "audit",
        "accounts": "accounts",
        "listed": "chats",
        "another's chat": "a colleague's chat",
        "photo_too_large": "photo too large",
        "file_too_large": "file too large",
        "no_space": "no space on the disk",
        "broken_off": "upload broken off",
        "empty_file": "empty file",
        "needs_other": "a second person must confirm",
    }
)

KEY_ROTATION: Mapping[str, str] = MappingProxyType(
    {
        "moved": "moved",
        "left": "left",
    }
)

TRAIL_CUT: Mapping[str, str] = MappingProxyType(
    {
        "planned gone": "planned to delete",
        "planned carried": "planned to keep",
        "gone": "deleted",
        "carried": "also kept",
        "before": "all older than",
    }
)

TALK_ENDS: Mapping[str, str] = MappingProxyType(
    {
        "person": "by the person",
        "clerk": "by the clerk",
        "silence": "after silence",
        "unanswered": "unanswered",
        "left": "stopped following",
        "seen_to": "missed, read since",
    }
)

TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "console_audit_details": AUDIT_DETAILS,
        "console_key_rotation": KEY_ROTATION,
        "console_talk_ends": TALK_ENDS,
        "console_trail_cut": TRAIL_CUT,
    }
)
"""Tables of this module, by the name under which the catalogue has them."""
