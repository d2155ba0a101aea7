"""`python -m tests.docs.pages` rewrites the generated blocks of `docs/*.md`; a test compares them."""

import re
from pathlib import Path

from messages.language.codes import Language
from tests.docs.blocks import BLOCKS

DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(rf"<!-- ({'|'.join(BLOCKS)}) -->.*<!-- /\1 -->", re.DOTALL)


def generated_pages() -> list[Path]:
    """Return the pages that have a generated block."""
    return [path for path in sorted(DOCS.glob("*.md")) if _BLOCK.search(path.read_text(encoding="utf-8"))]


def refreshed(path: Path) -> str:
    """Return the page with each block as the code gives it now."""
    language = Language.CHINESE if path.name.endswith(".zh.md") else Language.ENGLISH

    def block(found: re.Match[str]) -> str:
        name = found[1]
        return f"<!-- {name} -->\n\n{BLOCKS[name](language)}\n\n<!-- /{name} -->"

    return _BLOCK.sub(block, path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    for page in generated_pages():
        page.write_text(refreshed(page), encoding="utf-8")
