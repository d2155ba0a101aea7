"""Routes of a person's photo: a clerk takes or chooses it, a second person sees it and decides."""

from aiohttp import web

from bot.capture.face_pool import Busy
from bot.console.access.file_form import BROKEN, FileForm
from bot.console.access.gate import ROW_ID, Gate, RequestContext, RequestRefusal
from bot.console.access.permissions import Permission
from bot.console.headers import HEADERS
from bot.console.parts import ConsoleParts
from bot.console.person.case_access import CaseAccess
from bot.console.person.case_fingerprint import is_as_seen
from bot.console.person.photo import MOST_BYTES, look_at
from bot.console.person.submission import submit
from bot.console.redirect import see_other
from bot.office.case_acts import ActKind, CaseAct, Unfit
from dialogs.values import Identity
from face import Reason
from storage.audit_trail.actions import AuditAction
from storage.console.waiting_photos import WaitingPhoto, WaitingPhotos
from storage.database import connect, transaction

_TOO_LARGE = f"photo_{Reason.TOO_LARGE}"


class PhotoRoutes:
    """Enrolment of one photo."""

    def __init__(self, gate: Gate, parts: ConsoleParts) -> None:
        self._gate = gate
        self._parts = parts
        self._cases = CaseAccess(parts)
        self._photos = WaitingPhotos(parts.vault)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        seen = self._gate.permitting(Permission.APPROVE, self._show)
        return [
            web.post("/person/{token}/photo", self._gate.receiving(Permission.ENROL, self._enrol)),
            web.get(f"/approvals/photos/{ROW_ID}", seen),
        ]

    async def _enrol(self, context: RequestContext, form: FileForm) -> web.Response:
        """Check the photo immediately: a fault can still be fixed while the person is there."""
        token = context.request.match_info["token"]
        person = await self._cases.person(token, context.account)
        if person is None:
            return await self._gate.refuse(context, RequestRefusal.MISSING, "case")
        photo = await self._read_photo(form)
        if photo == _TOO_LARGE:
            await self._parts.note(AuditAction.CONSOLE_REFUSED, context.account.name, photo)
        flash = await self._kept(context, person, photo) if isinstance(photo, WaitingPhoto) else photo
        return see_other(f"/admin/person/{token}?flash={flash}")

    async def _read_photo(self, form: FileForm) -> WaitingPhoto | str:
        """Return the photo, or the word for why there is none."""
        if form.file is None or self._parts.pool is None:
            return "photo_none"
        try:
            content = await form.content(MOST_BYTES)
        except BROKEN:
            return "photo_none"
        if content is None:
            return _TOO_LARGE
        looked = await look_at(self._parts.pool, content, self._parts.clock())
        if isinstance(looked, Busy):
            return "photo_busy"
        return looked if isinstance(looked, WaitingPhoto) else f"photo_{looked}"

    async def _kept(self, context: RequestContext, person: Identity, photo: WaitingPhoto) -> str:
        name = context.account.name
        async with transaction(self._parts.engine) as conn:
            if not await is_as_seen(conn, self._parts.work_of(name), person, context.form.get("seen", "")):
                await self._parts.note_refused(conn, name, f"{Unfit.STALE} {ActKind.ENROL}")
                return Unfit.STALE
            number = await self._photos.keep(conn, photo)
            act = CaseAct(ActKind.ENROL, person, photo=number)
            return await submit(conn, self._parts, name, act)

    async def _show(self, context: RequestContext) -> web.Response:
        number = context.row_id
        async with connect(self._parts.engine) as conn:
            photo = await self._photos.find(conn, number)
        if photo is None:
            return await self._gate.refuse(context, RequestRefusal.MISSING, f"photo {number}")
        await self._parts.note(AuditAction.TASKS_READ, context.account.name, f"photo {number}")
        return web.Response(body=photo.picture, content_type="image/jpeg", headers=HEADERS)
