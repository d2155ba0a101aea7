"""The frame of every page of a signed-in account: name, role, links to the other pages."""

from dataclasses import dataclass

from bot.console.access.gate import RequestContext
from bot.console.access.permissions import Permission, may
from bot.pages.template_page import Values
from messages.catalogue.phrases import CONSOLE, CONSOLE_ROLES


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One entry of the navigation; `counts` is the address of the number next to it, "" for none."""

    address: str
    name: str
    is_here: bool
    counts: str


PAGES = (
    (Permission.FIGURES, "/admin", "today"),
    (Permission.PERSON, "/admin/person", "person"),
    (Permission.TASKS, "/admin/tasks", "tasks"),
    (Permission.TALKS, "/admin/talks", "talks"),
    (Permission.TASKS, "/admin/visits", "visits"),
    (Permission.PERSON, "/admin/approvals", "approvals"),
    (Permission.LOAD, "/admin/loading", "loading"),
    (Permission.EXPORT, "/admin/export", "export"),
    (Permission.AUDIT, "/admin/audit", "audit"),
    (Permission.ACCOUNTS, "/admin/accounts", "accounts"),
)
"""Permission, address and word of each page, in the order of the navigation."""

_COUNTS = {"talks": "/admin/talks/waiting"}


def shell(context: RequestContext, here: str) -> Values:
    """Return the values that the base template needs; `here` is the word of the page."""
    language, role = context.language, context.account.role
    navigation = [
        NavigationEntry(address, CONSOLE[word].spoken(language), word == here, _COUNTS.get(word, ""))
        for permission, address, word in PAGES
        if may(role, permission) and (word != "approvals" or _is_of_use(context, here))
    ]
    return {
        "account": context.account.name,
        "role": CONSOLE_ROLES[role].spoken(language),
        "navigation": navigation,
        "csrf": context.opened.csrf,
        "session_left": context.opened.left,
        "count_says": CONSOLE["waiting_says"].spoken(language),
    }


def _is_of_use(context: RequestContext, here: str) -> bool:
    """Whether approvals may hold something, including acts from before the office went back to one person."""
    return context.by_two or may(context.account.role, Permission.APPROVE) or here == "approvals"
