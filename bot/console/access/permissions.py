"""The table of what each role may do."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from storage.console.accounts import Role


class Permission(StrEnum):
    """What an address of the console needs; the values are written to the audit trail."""

    FIGURES = "figures"
    PERSON = "person"
    TASKS = "tasks"
    TALKS = "talks"
    ENROL = "enrol"
    LOAD = "load"
    CERTIFY = "certify"
    GRANT = "grant"
    REVOKE = "revoke"
    APPROVE = "approve"
    EXPORT = "export"
    AUDIT = "audit"
    ACCOUNTS = "accounts"


_CLERK = frozenset(
    {
        Permission.FIGURES,
        Permission.PERSON,
        Permission.TASKS,
        Permission.TALKS,
        Permission.CERTIFY,
        Permission.ENROL,
    }
)
_SUPERVISOR = frozenset(
    {Permission.GRANT, Permission.REVOKE, Permission.APPROVE, Permission.LOAD, Permission.EXPORT}
)

PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.VIEWER: frozenset({Permission.FIGURES}),
        Role.CLERK: _CLERK,
        Role.SUPERVISOR: _CLERK | _SUPERVISOR,
        Role.AUDITOR: frozenset({Permission.FIGURES, Permission.AUDIT}),
        Role.ADMIN: frozenset({Permission.FIGURES, Permission.ACCOUNTS}),
    }
)


def may(role: Role, permission: Permission) -> bool:
    """Whether a role has a permission."""
    return permission in PERMISSIONS[role]


def needs_second_factor(role: Role) -> bool:
    """Whether a role signs in with a code too: every role that sees more than figures."""
    return role is not Role.VIEWER
