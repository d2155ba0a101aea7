"""The account's identity, from the settings: for the programs that serve and for commands that ask WeChat.

It imports nothing else, so that a command which needs it starts fast.
"""

from bot.settings.settings import Settings
from bot.wechat.api.credentials import AppCredentials


def credentials_of(settings: Settings) -> AppCredentials:
    """Return the account's identity towards the platform."""
    return AppCredentials(settings.wechat_app_id, settings.wechat_app_secret)
