"""English texts."""

from messages.en import console, names, pages, registry, reminder
from messages.en.chat import TEXTS
from messages.en.formats import day, upcoming
from messages.en.labels import LABELS
from messages.en.pages import documents
from messages.language.pack import LanguagePack, tables_of

LANGUAGE = LanguagePack(
    name="English",
    texts=TEXTS,
    labels=LABELS,
    phrases={**tables_of(names, registry, reminder), **pages.TABLES, **console.TABLES},
    documents={"agreement": documents.AGREEMENT, "privacy": documents.PRIVACY},
    day=day,
    upcoming=upcoming,
)
