"""WeChat's page login (网页授权, scope `snsapi_base`): which account opened a page.

Source: "网页授权" of the official-account documentation.
"""

import logging
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import urlencode

from bot.wechat.api.credentials import AppCredentials
from bot.wechat.api.transport import Transport

_SPENT = frozenset({40029, 40163, 41008, 42003})
"""A code that is wrong, used, missing or too old: a new one may work."""


_log = logging.getLogger(__name__)


class Unproven(Enum):
    """Why there is no openid."""

    SPENT_CODE = auto()
    SNAPSHOT = auto()  # the page is shown in WeChat's preview (`is_snapshotuser`): its account is made up
    UNAVAILABLE = auto()


@dataclass(frozen=True, slots=True)
class PageLogin:
    """Sends browsers to the platform and exchanges the code that they bring back for an openid."""

    transport: Transport
    credentials: AppCredentials
    open_base: str

    def address(self, back: str, state: str) -> str:
        """Return where to send the browser; the platform wants the parameters in this order."""
        query = {
            "appid": self.credentials.app_id,
            "redirect_uri": back,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
        return f"{self.open_base}/connect/oauth2/authorize?{urlencode(query)}#wechat_redirect"

    async def openid(self, code: str) -> str | Unproven:
        """Exchange a code, once; the platform refuses it a second time."""
        query = {
            "appid": self.credentials.app_id,
            "secret": self.credentials.secret,
            "code": code,
            "grant_type": "authorization_code",
        }
        answer = await self.transport.get("/sns/oauth2/access_token", query)
        if answer.errcode:
            _log.warning("wechat page login: errcode %d", answer.errcode)
            return Unproven.SPENT_CODE if answer.errcode in _SPENT else Unproven.UNAVAILABLE
        if answer.text("is_snapshotuser") == "1":
            return Unproven.SNAPSHOT
        return answer.text("openid") or Unproven.UNAVAILABLE
