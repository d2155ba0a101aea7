"""A template message as an outbox row keeps it: JSON, sealed with the row."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TemplateMessage:
    """One filled-in template; `data` maps the template's field names to their values."""

    template_id: str
    url: str = field(repr=False)
    data: Mapping[str, str] = field(repr=False)

    def to_json(self) -> str:
        """Return what `from_json` reads."""
        body = {"template_id": self.template_id, "url": self.url, "data": dict(self.data)}
        return json.dumps(body, ensure_ascii=False)


def from_json(text: str) -> TemplateMessage | None:
    """Read `{"template_id", "url", "data"}`; None for anything else, which no retry would fix."""
    try:
        body = json.loads(text)
        template_id, url, data = body["template_id"], body.get("url") or "", body["data"]
        values = {str(name): str(value) for name, value in data.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return TemplateMessage(str(template_id), str(url), values)
