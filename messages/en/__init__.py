"""English texts."""

from messages.en import console, names, pages, registry, reminder
from messages.en.chat import TEXTS
from messages.en.formats import day, upcoming
from messages.en.labels import LABELS
from messages.en.pages import legal_texts
from messages.language.pack import LanguagePack, tables_of

LANGUAGE = LanguagePack(
    name="English",
    texts=TEXTS,
    labels=LABELS,
    phrases={**tables_of(names, registry, reminder), **pages.TABLES, **console.TABLES},
    legal_texts={"agreement": legal_texts.AGREEMENT, "privacy": legal_texts.PRIVACY},
    day=day,
    upcoming=upcoming,
)
