"""Chinese texts of the result's template message."""

from collections.abc import Mapping
from types import MappingProxyType

RESULT: Mapping[str, str] = MappingProxyType(
    {
        "passed": "认证成功",
        "failed": "认证失败",
        "record": "查询结果",
        "no_record": "暂无记录",
        "next": "下次认证：{due}前",
        "nothing_to_do": "无需操作",
        "advice": "可再试，或到社保经办机构、拨12333",
    }
)
"""The platform's fields are short: outcomes have at most 5 characters, the rest at most 20."""
