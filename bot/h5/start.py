"""The page behind a reminder's link: it names whom and until when, and one button opens the camera's page."""

import logging
from collections.abc import Awaitable
from typing import TypeVar

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.h5.pages import HEADERS, Page
from bot.starting import Ending, Opened, Starts, StartView
from dialogs.values import Manner
from messages.catalogue import SCHEME_NAMES
from messages.formats import day
from messages.reminder import ENDINGS, STANDING_TEXTS, WHO_AGENT, WHO_SELF
from storage.errors import StorageError

_STATUS = {Ending.UNKNOWN: 404, Ending.EXPIRED: 410, Ending.DONE: 410, Ending.BUSY: 503}
_POLICY = HEADERS["Content-Security-Policy"].replace("form-action 'none'", "form-action 'self'")
_log = logging.getLogger(__name__)
_T = TypeVar("_T")


def start_routes(starts: Starts) -> list[web.AbstractRouteDef]:
    """Give the routes of the reminder's link."""
    pages = _Starting(starts)
    return [
        web.get("/h5/start/{token}", pages.show),
        web.post("/h5/start/{token}", pages.begin),
    ]


class _Starting:
    """The GET is only looked at; the button's POST begins."""

    def __init__(self, starts: Starts) -> None:
        self._starts = starts
        self._start = Page("start.html")
        self._ended = Page("start_ended.html")

    async def show(self, request: web.Request) -> web.Response:
        view = await _safe(self._starts.view(request.match_info["token"]))
        if isinstance(view, Ending):
            return self._end(view)
        response = self._start.response(_values(view))
        response.headers["Content-Security-Policy"] = _POLICY
        return response

    async def begin(self, request: web.Request) -> web.Response:
        begun = await _safe(self._starts.begin(request.match_info["token"]))
        if isinstance(begun, Ending):
            return self._end(begun)
        return _to(begun)

    def _end(self, ending: Ending) -> web.Response:
        return self._ended.response({"message": ENDINGS[ending]}, _STATUS.get(ending, 200))


def _to(opened: Opened) -> web.Response:
    return web.Response(status=303, headers={**HEADERS, "Location": opened.link})


def _values(view: StartView) -> dict[str, str]:
    who = WHO_SELF if view.manner is Manner.SELF else WHO_AGENT.format(name=view.name)
    return {
        "name": view.name,
        "scheme": SCHEME_NAMES[view.scheme].chinese,
        "due": day(view.due_on),
        "standing": STANDING_TEXTS[view.standing],
        "who": who,
    }


async def _safe(work: Awaitable[_T]) -> _T | Ending:
    """Say "busy" where the memory does not answer; the link stays good."""
    try:
        return await work
    except (SQLAlchemyError, StorageError, OSError) as error:
        _log.warning("a reminder's link was not followed: %s", type(error).__name__)
        return Ending.BUSY
