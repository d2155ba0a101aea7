"""The page on which the platform verifies the face itself, and the addresses below it."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from bot.capture.answers import CaptureAnswer, busy, unusable_media
from bot.capture.media import MediaFault, Medium
from bot.capture.service import CaptureService, CaptureView
from bot.h5.headers import HEADERS, content_policy
from bot.h5.jssdk_routes import is_ours
from bot.h5.pages import Page
from bot.h5.responses import tell
from bot.h5.uploads import read_object
from bot.wechat.api.jssdk import JsTickets
from messages.catalogue.phrases import CAPTURE, SCRIPT, WECHAT_FACE
from messages.language.codes import Language

_BODY_BYTES = 8192
_LONGEST_VERIFY_RESULT = 2048
"""Characters of a `verify_result`; those seen in public have about 130."""
CHECK_ALIVE_TYPE = 2
"""How WeChat checks life: by a flashing screen if the phone can, else by digits that are read aloud."""


@dataclass(frozen=True, slots=True)
class JsSdkConfig:
    """Configures WeChat's page script (JS-SDK): its address, and the signature of the account."""

    tickets: JsTickets
    app_id: str
    public_url: str
    script: str

    async def config(self, url: str) -> Mapping[str, object] | None:
        """Return the arguments of `wx.config` for a page of ours; None for others, or without a ticket."""
        if not is_ours(url, self.public_url):
            return None
        signed = await self.tickets.sign(url, int(time.time()))
        if signed is None:
            return None
        return {
            "beta": True,
            "appId": self.app_id,
            "timestamp": signed.timestamp,
            "nonceStr": signed.nonce,
            "signature": signed.signature,
            "jsApiList": ["checkIsSupportFaceDetect", "requestWxFacePictureVerify"],
        }


class PlatformPage:
    """The page of WeChat's own face verification; its policy lets WeChat's script run, on this page alone."""

    def __init__(self, jssdk: JsSdkConfig) -> None:
        self._script = jssdk.script
        self._page = Page("platform.html", CAPTURE, SCRIPT, WECHAT_FACE)

    def response(self, view: CaptureView, language: Language) -> web.Response:
        """Return the page."""
        words = {key: word.spoken(language) for key, word in {**SCRIPT, **WECHAT_FACE}.items()}
        values = {
            "words": json.dumps(words, ensure_ascii=False),
            "version": view.version,
            "consented": "yes" if view.consented else "no",
            "agent": view.agent,
            "wechat_script": self._script,
        }
        response = self._page.response(language, values)
        script = urlsplit(self._script)
        response.headers["Content-Security-Policy"] = content_policy(f"{script.scheme}://{script.netloc}")
        return response


@dataclass(frozen=True, slots=True)
class PlatformRoutes:
    """Begins a verification and takes its result; neither name nor number reaches the page."""

    service: CaptureService
    jssdk: JsSdkConfig

    def routes(self) -> list[web.RouteDef]:
        """Return the routes below `/h5/capture`."""
        return [
            web.post("/{ticket}/wechat-face", self.begin),
            web.post("/{ticket}/wechat-face/result", self.finish),
        ]

    async def begin(self, request: web.Request) -> web.Response:
        """Take the page's address (`url`); answer what the page hands to WeChat, or why there is nothing."""
        config = await self.jssdk.config(await _field(request, "url"))
        if config is None:
            return tell(request, busy())
        key = await self.service.begin_platform(request.match_info["ticket"])
        if isinstance(key, CaptureAnswer):
            return tell(request, key)
        asked = {
            "request_verify_pre_info": json.dumps({"user_id_key": key}),
            "check_alive_type": CHECK_ALIVE_TYPE,
        }
        return web.json_response({"config": config, "asked": asked}, headers=HEADERS)

    async def finish(self, request: web.Request) -> web.Response:
        """Take WeChat's `verify_result` from the page."""
        verify_result = await _field(request, "verify_result")
        if not 0 < len(verify_result) <= _LONGEST_VERIFY_RESULT:
            return tell(request, unusable_media(Medium.LIVE, MediaFault.UNREADABLE))
        return tell(request, await self.service.finish_platform(request.match_info["ticket"], verify_result))


async def _field(request: web.Request, name: str) -> str:
    """Read one text of a JSON body; "" for anything else."""
    value = (await read_object(request, _BODY_BYTES)).get(name)
    return value if isinstance(value, str) else ""
