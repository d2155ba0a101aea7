"""Routes of the capture pages; the capture service decides who may do what."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.capture.answers import CaptureAnswer, answer, busy, unusable_media
from bot.capture.media import SELFIE, VIDEO, MediaFault, UploadKind
from bot.capture.service import CaptureService, CaptureView
from bot.capture.throttle import Throttle
from bot.h5.access import PAGE, AccessGate
from bot.h5.headers import HEADERS
from bot.h5.language import SPOKEN, key_of
from bot.h5.language_choice import language_middlewares
from bot.h5.legal_text_routes import legal_text_app
from bot.h5.live.protocol import SLOW_LINE
from bot.h5.live.websocket import LiveSocket
from bot.h5.pages import STATIC_FILES, Page
from bot.h5.platform_routes import JsSdkConfig, PlatformPage, PlatformRoutes
from bot.h5.receipt_routes import receipt_app
from bot.h5.responses import refuse, say, tell
from bot.h5.uploads import read_object, read_upload
from bot.h5.voice.recordings import RECORDINGS, Recordings
from bot.wechat.api.oauth import PageLogin
from dialogs.values import CaptureOutcome, CaptureReason, Proof
from messages.catalogue.lookup import FACE_TERMS_VERSION
from messages.catalogue.phrases import (
    ANSWERS,
    CAPTURE,
    CLOSED,
    MEDIA,
    NOT_YOURS,
    SCRIPT,
    Localized,
    hint_message,
)
from messages.language.codes import Language

_SEEN_ON_THE_PHONE = ("too_dark", "no_face", "too_far", "too_close", "off_centre")
"""Reasons that the page's scripts find themselves; they are worded as the service words them."""
_MOST_UPLOADS = 16
"""Uploads read at the same time, which bounds the memory that they take."""
_PLACE_SECONDS = 5
"""Longest wait of an unread upload for a place."""
_UPLOAD_SECONDS = 120
"""A slow phone's time for 30 MB at 2 Mbit/s; after that the place goes to another."""
_CONSENT_BYTES = 4096

CheckUpload = Callable[[str, bytes], Awaitable[CaptureAnswer]]


def add_pages(  # noqa: PLR0913 - the parts of the pages, wired in one place
    app: web.Application,
    service: CaptureService,
    login: PageLogin | None = None,
    public_url: str = "",
    *,
    live: LiveSocket | None = None,
    platform: JsSdkConfig | None = None,
) -> None:
    """Add the pages of captures, legal texts and receipts to an application, each kind with its middlewares.

    `login` is WeChat's if WECHAT_OAUTH is on; `live` is the caller's, if it will stop it; `platform` is
    present with LIVENESS=wechat.
    """
    access = service.access(proves=login is not None)
    gate = AccessGate(access, login, public_url, Page("message.html", NOT_YOURS))
    app.add_subapp("/h5/capture", _captures(service, gate, live or LiveSocket(service), platform))
    app.add_routes([STATIC_FILES.route()])
    app.add_subapp("/r", receipt_app(service, public_url))
    app.add_subapp("/h5", legal_text_app())


def _captures(
    service: CaptureService, gate: AccessGate, live: LiveSocket, platform: JsSdkConfig | None
) -> web.Application:
    languages = service.languages()

    async def of_ticket(request: web.Request) -> Language | None:
        """Return the language of the account whose ticket the address names; None for an unknown ticket."""
        return await languages.of_ticket(key_of(request))

    app = web.Application(middlewares=[*language_middlewares(of_ticket, gate.scope), gate.guard])
    app.add_routes([web.get("/{ticket}", _CapturePage(service, gate, platform).show, name=PAGE)])
    if platform is not None:
        app.add_routes(PlatformRoutes(service, platform).routes())
    app.add_routes([*_Uploads(service, gate).routes(), *live.routes()])
    return app


class _CapturePage:
    """The page itself; its GET has no effect."""

    def __init__(self, service: CaptureService, gate: AccessGate, platform: JsSdkConfig | None) -> None:
        self._service = service
        self._gate = gate
        self._capture = Page("capture.html", CAPTURE, SCRIPT)
        self._by_platform = platform and PlatformPage(platform)
        self._closed = Page("message.html", CLOSED)

    async def show(self, request: web.Request) -> web.Response:
        """Show the page for this capture's method, or why its link is closed."""
        view = await self._service.view(request.match_info["ticket"])
        if isinstance(view, CaptureAnswer):
            return say(request, self._closed, view)
        if self._by_platform and view.liveness is Proof.WECHAT:
            by_platform = self._by_platform
            return await self._gate.enter(request, lambda: by_platform.response(view, request[SPOKEN]))
        sounds = request.config_dict.get(RECORDINGS, Recordings()).offered(request[SPOKEN])
        values = {
            **_capture_values(view, request[SPOKEN]),
            "sounds": json.dumps(sounds, ensure_ascii=False),
        }
        return await self._gate.enter(request, lambda: self._capture.response(request[SPOKEN], values))


class _Uploads:
    """Routes that write: consent, a new link, photo, video."""

    def __init__(self, service: CaptureService, gate: AccessGate) -> None:
        self._service = service
        self._gate = gate
        self._places = asyncio.Semaphore(_MOST_UPLOADS)
        self._readings = Throttle(gap=0.0)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes below `/h5/capture`."""
        return [
            web.post("/{ticket}/consent", self.consent),
            web.post("/{ticket}/again", self.again),
            web.post("/{ticket}/selfie", self.selfie),
            web.post("/{ticket}/video", self.video),
        ]

    async def consent(self, request: web.Request) -> web.Response:
        """Record the consent; after 转给家人 the phone that agrees becomes the link's own."""
        version, bearer = await _agreed_version(request), self._gate.bearer_or_guest(request)
        ticket, language = request.match_info["ticket"], request[SPOKEN]
        response = tell(request, await self._service.consent(ticket, version, bearer, language))
        await self._gate.keep(request, response, bearer)
        return response

    async def again(self, request: web.Request) -> web.Response:
        """Open another link after a failure, or say why there is none."""
        opened = await self._service.again(request.match_info["ticket"], request[SPOKEN])
        if isinstance(opened, CaptureAnswer):
            return tell(request, opened)
        response = web.json_response({"ticket": opened}, headers=HEADERS)
        self._gate.pass_on(request, response, opened)
        return response

    async def selfie(self, request: web.Request) -> web.Response:
        """Check a photo, the file of a multipart body."""
        return await self._upload(request, SELFIE, self._service.selfie)

    async def video(self, request: web.Request) -> web.Response:
        """Check a recorded video, the file of a multipart body."""
        return await self._upload(request, VIDEO, self._service.video)

    async def _upload(self, request: web.Request, kind: UploadKind, check: CheckUpload) -> web.Response:
        """Check access before the body is read; an account has one place, no matter how many links it has."""
        bearer = await self._service.admit(request.match_info["ticket"], kind)
        if isinstance(bearer, CaptureAnswer):
            return refuse(request, bearer)
        with self._readings.turn(bearer.encode()) as may:
            if not may:
                return refuse(request, answer(CaptureOutcome.RETRY, CaptureReason.TOO_FAST))
            return await self._take(request, kind, check)

    async def _take(self, request: web.Request, kind: UploadKind, check: CheckUpload) -> web.Response:
        if not await self._place():
            return refuse(request, busy())
        try:
            return await self._read_and_check(request, kind, check)
        finally:
            self._places.release()

    async def _place(self) -> bool:
        """Wait a little for a free place; if none becomes free, answer "busy"."""
        try:
            async with asyncio.timeout(_PLACE_SECONDS):
                return await self._places.acquire()
        except TimeoutError:
            return False

    async def _read_and_check(
        self, request: web.Request, kind: UploadKind, check: CheckUpload
    ) -> web.Response:
        try:
            async with asyncio.timeout(_UPLOAD_SECONDS):
                media = await read_upload(request, kind)
        except TimeoutError:
            return refuse(request, busy())
        if isinstance(media, MediaFault):
            return refuse(request, unusable_media(kind.medium, media))
        return tell(request, await check(request.match_info["ticket"], media))


def _capture_values(view: CaptureView, language: Language) -> dict[str, str]:
    reasons = {reason: ANSWERS[reason] for reason in _SEEN_ON_THE_PHONE}
    words = {**SCRIPT, **MEDIA, **reasons, SLOW_LINE: hint_message(SLOW_LINE)}
    return {
        "words": json.dumps(_spoken(words, language), ensure_ascii=False),
        "version": view.version,
        "consented": "yes" if view.consented else "no",
        "liveness": view.liveness,
        "agent": view.agent,
    }


def _spoken(words: Mapping[str, Localized], language: Language) -> dict[str, str]:
    return {key: word.spoken(language) for key, word in words.items()}


async def _agreed_version(request: web.Request) -> str | None:
    """Read the version agreed to; None for anything that is not a plain yes."""
    body = await read_object(request, _CONSENT_BYTES)
    if body.get("agree") is not True:
        return None
    version = body.get("version", FACE_TERMS_VERSION)
    return version if isinstance(version, str) else None
