"""The page of one case: as it stands, or with what was filled in for an act that was not carried out."""

from collections.abc import Mapping
from types import MappingProxyType

from aiohttp import web

from bot.console.access.colleagues import colleagues
from bot.console.access.gate import RequestContext
from bot.console.access.permissions import Permission, may
from bot.console.flash import flash_values
from bot.console.page_frame import shell
from bot.console.pages import ConsolePage
from bot.console.parts import ConsoleParts
from bot.console.person.act_form import PERMISSION_OF, written_reason
from bot.console.person.case import Case, read_case
from bot.console.person.case_fingerprint import fingerprint_of_case
from bot.console.person.view import CaseView
from bot.console.redirect import see_other
from bot.console.words import choices
from bot.office.case_acts import Grounds
from bot.pages.template_page import Values
from dialogs.local_time import local_date
from dialogs.values import Identity, PassChannel
from messages.catalogue.phrases import CHANNEL_NAMES, CONSOLE_FLASHES, CONSOLE_GROUNDS, CONSOLE_PERSON
from messages.language.codes import Language
from storage.database import connect

DONE = frozenset({"done", "waits", "link_sent", "visit_planned", "death_open", "had_passed"})
"""Flash messages that report no fault."""

_SENT = DONE | {"awaits"}
"""Flash messages after which a form need not be sent again."""

_FIELDS = ("words", "until", "receipt", "scheme", "channel", "grounds", "day", "visitor")
"""Fields that a form keeps; what the clerk has verified is ticked anew."""
_NOTHING: Mapping[str, str] = MappingProxyType(dict.fromkeys(_FIELDS, ""))


class CasePage:
    """Shows a case."""

    def __init__(self, parts: ConsoleParts) -> None:
        self._parts = parts
        self._page = ConsolePage("person.html", CONSOLE_PERSON)

    async def after(self, context: RequestContext, person: Identity, act: str, flash: str) -> web.Response:
        """Answer the form of an act with its flash message; what was filled in vain is shown again."""
        filled = {name: context.form.get(name, "") for name in _FIELDS}
        if flash not in _SENT and any(filled.values()):
            return await self._shown(context, person, flash, act, filled)
        return see_other(f"{_address(context)}?flash={flash}")

    async def show(self, context: RequestContext, person: Identity) -> web.Response:
        """Show the case as it stands."""
        return await self._shown(context, person, context.request.query.get("flash", ""))

    async def _shown(
        self,
        context: RequestContext,
        person: Identity,
        flash: str,
        tried: str = "",
        filled: Mapping[str, str] = _NOTHING,
    ) -> web.Response:
        work, language = self._parts.work_of(context.account.name), context.language
        async with connect(self._parts.engine) as conn:
            case = await read_case(conn, work, person)
            visitors = await colleagues(conn, self._parts.accounts)
        values = {
            **shell(context, "person"),
            **self._of_case(case, language),
            **self._offered(context),
            "address": _address(context),
            **flash_values(flash, CONSOLE_FLASHES, DONE, language),
            "visitors": visitors,
            "tried": tried,
            "filled": filled,
            "unsent": _unsent(case, filled),
        }
        return self._page.response(language, values, 409 if tried else 200)

    def _of_case(self, case: Case, language: Language) -> Values:
        now = self._parts.clock()
        return {
            "case": CaseView(case, language, now),
            "seen": fingerprint_of_case(case),
            "today": local_date(now).isoformat(),
        }

    def _offered(self, context: RequestContext) -> Values:
        """Return which acts the account may do, and what their forms offer to choose from."""
        role, language = context.account.role, context.language
        return {
            "may": {kind.name.lower(): may(role, PERMISSION_OF[kind]) for kind in PERMISSION_OF},
            "may_enrol": self._parts.pool is not None and may(role, Permission.ENROL),
            "by_two": self._parts.by_two,
            "grounds": choices(Grounds, CONSOLE_GROUNDS, language),
            "channels": choices((PassChannel.COUNTER, PassChannel.HOME_VISIT), CHANNEL_NAMES, language),
        }


def _address(context: RequestContext) -> str:
    return f"/admin/person/{context.request.match_info['token']}"


def _unsent(case: Case, filled: Mapping[str, str]) -> str:
    """Return the reason for a pass that cannot be revoked (any more); a second click has lost none."""
    receipt, words = filled["receipt"], written_reason(filled)
    those = [one for one in case.passes if one.certification.receipt == receipt]
    is_theirs = any(one.revoked_at is None or one.reason == words for one in those)
    return filled["words"] if receipt and not is_theirs else ""
