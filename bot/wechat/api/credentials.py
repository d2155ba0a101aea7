"""The official account's identity towards the platform."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AppCredentials:
    """AppID and AppSecret (基本配置), with which the service asks for tokens and for a page's visitor."""

    app_id: str
    secret: str = field(repr=False)
