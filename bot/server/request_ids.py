"""Draws an id for each request, which its log lines and what it queues carry."""

from aiohttp import web
from aiohttp.typedefs import Handler

from storage.request_id import new_request_id, working_for


@web.middleware
async def name_request(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Work for a new id while the request is handled."""
    with working_for(new_request_id()):
        return await handler(request)
