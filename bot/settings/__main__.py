"""`python -m bot.settings`: writes `docs/settings.md` and `.env.example`."""

from pathlib import Path

from bot.settings.reference import example, page

if __name__ == "__main__":
    Path("docs/settings.md").write_text(page(), encoding="utf-8")
    Path(".env.example").write_text(example(), encoding="utf-8")
