"""Dispatches requests: gives each an id, and calls some handlers without routes and middlewares."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import hdrs, web

from storage.request_id import begin_request

_Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]

DirectHandlers = Mapping[tuple[str, str], Callable[[web.Request], Awaitable[web.StreamResponse]]]
"""Handlers by method and path, the path as it is written in the request."""

DIRECT_HANDLERS: web.AppKey[DirectHandlers] = web.AppKey("DIRECT_HANDLERS")
"""An application's handlers that need neither its routes nor its middlewares: the webhook's.

Both together cost a message as much as its decryption. The addresses also have routes, which serve a client
that waits for `100 Continue`.
"""


def add_dispatch(runner: web.AppRunner) -> None:
    """Put the dispatch before a runner's application; call it after the runner's setup."""
    server = runner.server
    if server:
        server.request_handler = _dispatch(server.request_handler, runner.app.get(DIRECT_HANDLERS, {}))


def _dispatch(application: _Handler, direct: DirectHandlers) -> _Handler:
    async def enter(request: web.BaseRequest) -> web.StreamResponse:
        """Give the request an id, which its log lines and what it queues carry, and handle it."""
        begin_request()
        handler = direct.get((request.method, request.rel_url.raw_path))
        if handler and isinstance(request, web.Request) and hdrs.EXPECT not in request.headers:
            return await handler(request)
        return await application(request)

    return enter
