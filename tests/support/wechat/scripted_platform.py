"""A platform whose answers a test scripts."""

import asyncio
import json
from dataclasses import dataclass, field

from aiohttp import web

TOKEN_PATH = "/cgi-bin/stable_token"


@dataclass
class Platform:
    """Gives scripted answers and records the calls."""

    answers: list = field(default_factory=list)
    calls: list = field(default_factory=list)
    tokens: list = field(default_factory=list)
    lifetime: int = 7200
    serial: int = 0
    token_delay: float = 0.0
    raw: list = field(default_factory=list)
    content_types: set = field(default_factory=set)

    async def handle(self, request):
        self.raw.append(await request.read())
        self.content_types.add(request.content_type)
        sent = json.loads(self.raw[-1])
        if request.path == TOKEN_PATH:
            self.tokens.append(sent)
            self.serial += 1
            await asyncio.sleep(self.token_delay)
            return web.json_response({"access_token": f"token-{self.serial}", "expires_in": self.lifetime})
        self.calls.append((request.path, request.query.get("access_token"), sent))
        answer = self.answers.pop(0) if self.answers else {"errcode": 0, "errmsg": "ok"}
        if isinstance(answer, web.Response):
            return answer
        return web.Response(text=json.dumps(answer), content_type="text/plain")
