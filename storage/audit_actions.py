"""Closed sets of the audit trail: actors and actions."""

from enum import StrEnum


class Actor(StrEnum):
    """The part of the service, or the person, that acted."""

    OPERATOR = "operator"
    CAPTURE = "capture"
    DIALOG = "dialog"


class AuditAction(StrEnum):
    """Audited actions; the values are stored."""

    ACCOUNT_BOUND = "account.bound"
    ACCOUNT_UNBOUND = "account.unbound"
    AGENCY_ENDED = "agency.ended"
    CAPTURE_CLOSED = "capture.closed"
    CAPTURE_FAILED = "capture.failed"
    CAPTURE_HANDED_OVER = "capture.handed_over"
    CAPTURE_OPENED = "capture.opened"
    CAPTURE_PASSED = "capture.passed"
    CERTIFICATIONS_READ = "certifications.read"
    FACE_CONSENT = "consent.face"
    FACE_CONSENT_WITHDRAWN = "consent.face.withdrawn"
    REMINDERS_CONSENT = "consent.reminders"
    TERMS_CONSENT = "consent.terms"
    DEATH_REPORTED = "death.reported"
    GRANT_GIVEN = "grant.given"
    GRANT_REVOKED = "grant.revoked"
    GRANTS_READ = "grants.read"
    FACES_ENROLLED = "faces.enrolled"
    HELP_ASKED = "help.asked"
    KEYS_ROTATED = "keys.rotated"
    PURGED = "purged"
    RECEIPT_REVOKED = "receipt.revoked"
    REGISTRY_COMPARED = "registry.compared"
    REGISTRY_IMPORTED = "registry.imported"
    REMINDERS_ENDED = "reminders.ended"
    SESSION_DAMAGED = "session.damaged"
    SECOND_LOOK = "second_look.wanted"
    TASK_DONE = "task.done"
    TASK_SHOWN = "task.shown"
    TASKS_READ = "tasks.read"
    TEMPLATE_DELETED = "template.deleted"
    TRIES_USED_UP = "tries.used_up"
