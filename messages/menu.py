"""The account's menu in words: at most 4 characters on the bar, 8 in a list (the platform's limits)."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.language.labels import MenuKey

MENU_BAR: Mapping[str, tuple[MenuKey, ...]] = MappingProxyType(
    {
        "养老认证": tuple(key for key in MenuKey if key.startswith("CERTIFY_")),
        "查询": tuple(key for key in MenuKey if key.startswith("QUERY_")),
        "帮助": (MenuKey.CITY, MenuKey.REMINDERS, MenuKey.HELP, MenuKey.HOME),
    }
)
"""Each name on the bar and the entries of its list, top to bottom; the platform takes five at most."""

MENU_NAMES: Mapping[MenuKey, str] = MappingProxyType(
    {
        MenuKey.CERTIFY_EMPLOYEE: "企业职工认证",
        MenuKey.CERTIFY_RESIDENT: "城乡居民认证",
        MenuKey.QUERY_EMPLOYEE: "企业职工查询",
        MenuKey.QUERY_RESIDENT: "城乡居民查询",
        MenuKey.CITY: "选择城市",
        MenuKey.REMINDERS: "认证提醒",
        MenuKey.HELP: "帮助",
        MenuKey.HOME: "返回首页",
    }
)
"""Label of an entry."""
