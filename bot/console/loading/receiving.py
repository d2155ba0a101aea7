"""Receives a file: one open load at a time, within bounds; each attempt has an audit entry."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from types import MappingProxyType

from bot.console.access.file_form import BROKEN, FileForm
from bot.console.access.gate import RequestContext
from bot.console.loading.spool import Spool, Spooled, SpoolRefusal
from bot.console.parts import ConsoleParts
from storage.audit_trail.actions import AuditAction
from storage.console.loads import Load, LoadKind, Loads, LoadState, NewLoad
from storage.database import transaction
from storage.registry.values import read_city

MOST_BYTES: Mapping[LoadKind, int] = MappingProxyType(
    {LoadKind.REGISTRY: 256 * 1024**2, LoadKind.PHOTOS: 1024**3}
)
"""Bytes of a file: a million people are 100 MB of CSV; ten thousand photos are half a gigabyte."""

_ENVELOPE = 16 * 1024
_LONGEST_NAME = 120


class ReceivingRefusal(StrEnum):
    """Why no file is taken in; each names its sentence."""

    NO_FILE = "no_file"
    OTHER_OPEN = "other_open"
    BAD_CITY = "bad_city"
    CANCELLED = "cancelled_meanwhile"


Refusal = ReceivingRefusal | SpoolRefusal


@dataclass(frozen=True, slots=True)
class Receiver:
    """Takes files of one kind."""

    parts: ConsoleParts
    spool: Spool
    kind: LoadKind

    async def receive(self, context: RequestContext, form: FileForm) -> Refusal | None:
        """Receive the file of a form; None if it has arrived completely."""
        city = _city_of(form)
        refusal = self._unfit(context, form, city) or await self._receive(context, form, city or "")
        if refusal:
            size = context.request.content_length
            detail = f"{refusal} {self.kind} {'' if size is None else size}".strip()
            await self.parts.note(AuditAction.CONSOLE_REFUSED, context.account.name, detail)
        return refusal

    def _unfit(self, context: RequestContext, form: FileForm, city: str | None) -> Refusal | None:
        """Return the refusal that is known before a byte of the file is read."""
        size = context.request.content_length or 0
        if form.file is None:
            return ReceivingRefusal.NO_FILE
        if city is None:
            return ReceivingRefusal.BAD_CITY
        if size > MOST_BYTES[self.kind] + _ENVELOPE:
            return SpoolRefusal.TOO_LARGE
        return None if self.spool.has_room(size) else SpoolRefusal.NO_SPACE

    async def _receive(self, context: RequestContext, form: FileForm, city: str) -> Refusal | None:
        parts, loads = self.parts, Loads(self.parts.vault)
        new = NewLoad(self.kind, context.account.name, _shown_name(form.file_name), city)
        with ExitStack() as held:
            async with transaction(parts.engine) as conn:
                load_id = await loads.begin(conn, new, parts.clock())
                if load_id is None:
                    return ReceivingRefusal.OTHER_OPEN
                self.spool.make(load_id)
                held.enter_context(self.spool.lock(load_id))  # before anybody can see the load
            return await self._end(load_id, await self._keep(load_id, form))

    async def _keep(self, load_id: int, form: FileForm) -> Spooled | SpoolRefusal:
        try:
            return await self.spool.keep(load_id, form.chunks(), MOST_BYTES[self.kind])
        except (*BROKEN, ConnectionError):
            return SpoolRefusal.BROKEN_OFF
        except OSError:
            return SpoolRefusal.NO_SPACE

    async def _end(self, load_id: int, kept: Spooled | SpoolRefusal) -> Refusal | None:
        """Pass the load on, or end it as broken, unless somebody has cancelled it meanwhile."""
        parts, loads = self.parts, Loads(self.parts.vault)
        async with transaction(parts.engine) as conn:
            load = await loads.find(conn, load_id)
            if not isinstance(load, Load) or load.state is not LoadState.RECEIVING:
                return ReceivingRefusal.CANCELLED
            if isinstance(kept, SpoolRefusal):
                await loads.end(conn, load, LoadState.BROKEN, parts.clock())
                return kept
            await loads.received(conn, load, kept.size, kept.digest, parts.clock())
            detail = f"{self.kind} {kept.size} bytes; load {load_id}"
            await parts.note_in(conn, AuditAction.LOAD_RECEIVED, load.account, detail)
        return None


def _city_of(form: FileForm) -> str | None:
    """Return the code of the city that all rows are of; "" if none is typed, None for an unknown one."""
    typed = form.fields.get("city", "").strip()
    return read_city(typed) if typed else ""


def _shown_name(name: str) -> str:
    """Return the end of a file's name as a page may show it."""
    shown = "".join(sign for sign in PurePath(name.replace("\\", "/")).name if sign.isprintable())
    return shown[-_LONGEST_NAME:] or "?"
