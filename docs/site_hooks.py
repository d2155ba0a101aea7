"""Fits the pages, which are written for the repository, to the site (`make docs`)."""

import posixpath
import re
from pathlib import Path
from typing import Any

_OTHER_LANGUAGE = re.compile(r"\[(?:中文|English)\]\([\w.-]+\.md\)[.。]?\n?")
"""The site has a language menu; in the repository a page names its translation."""
_FENCED = re.compile(r"(```.*?```)", re.DOTALL)
_CHINESE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”]"
_SOFT_BREAK = re.compile(rf"(?<={_CHINESE})\n *(?={_CHINESE})")
"""A line's end within a Chinese sentence; a browser shows it as a blank."""
_LINK = re.compile(r"\[([^\]]+)\]\((\.\./[\w./-]+)(?:#[\w-]+)?\)")


def on_config(config: Any) -> Any:  # noqa: ANN401 - mkdocs is not installed where this is linted
    """List every decision record in the navigation, by number."""
    docs = Path(config.docs_dir)
    records = sorted(path.relative_to(docs).as_posix() for path in (docs / "decisions").glob("*.md"))
    config.nav[-1]["The code"][-1]["Decisions"] = records
    return config


def on_page_markdown(markdown: str, page: Any, **_: object) -> str:  # noqa: ANN401 - as above
    """Leave out the link to the other language; name a file of the repository instead of linking to it."""
    folder = posixpath.dirname(page.file.src_uri)

    def named(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, link[2]))
        return f"{link[1]} (`{target.lstrip('./')}`)" if target.startswith("../") else link[0]

    text = _LINK.sub(named, _OTHER_LANGUAGE.sub("", markdown))
    parts = _FENCED.split(text)
    return "".join(part if part.startswith("```") else _SOFT_BREAK.sub("", part) for part in parts)
