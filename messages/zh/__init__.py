"""Chinese texts."""

from messages.language.pack import LanguagePack, tables_of
from messages.zh import console, names, pages, registry, reminder, result
from messages.zh.chat import TEXTS
from messages.zh.formats import day, upcoming
from messages.zh.pages import legal_texts

LANGUAGE = LanguagePack(
    name="中文",
    texts=TEXTS,
    phrases={**tables_of(names, registry, reminder, result), **pages.TABLES, **console.TABLES},
    legal_texts={"agreement": legal_texts.AGREEMENT, "privacy": legal_texts.PRIVACY},
    day=day,
    upcoming=upcoming,
)
