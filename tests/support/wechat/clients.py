"""Clients of the platform's API, each with its own token holder."""

from bot.wechat.api.access_token import TokenHolder, token_source
from bot.wechat.api.client import WeChatClient
from bot.wechat.api.credentials import AppCredentials


def client_of(transport, app_id, secret, clock, *, store=None, alarms=None):
    """Return a client whose token all processes with the same `store` share; `clock` returns seconds."""
    tokens = TokenHolder(token_source(transport, AppCredentials(app_id, secret)), clock, store)
    return WeChatClient(transport, tokens, alarms)
