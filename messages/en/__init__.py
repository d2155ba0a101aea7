"""English texts."""

from messages.en import (
    answers,
    capture_page,
    console,
    console_case,
    console_work,
    documents,
    names,
    pages,
    registry,
    reminder,
    wechat_face,
)
from messages.en.chat import TEXTS
from messages.en.formats import day
from messages.en.labels import LABELS
from messages.pack import LanguagePack

LANGUAGE = LanguagePack(
    name="English",
    texts=TEXTS,
    labels=LABELS,
    phrases={
        "schemes": names.SCHEME_NAMES,
        "id_types": names.ID_TYPE_NAMES,
        "relations": names.RELATION_NAMES,
        "details": names.DETAIL_NAMES,
        "channels": names.CHANNELS,
        "limited": names.LIMITED,
        "offices": names.OFFICES,
        "every_page": pages.EVERY_PAGE,
        "closed": pages.CLOSED,
        "not_yours": pages.NOT_YOURS,
        "no_receipt": pages.NO_RECEIPT,
        "receipt": pages.RECEIPT,
        "start": pages.START,
        "start_ended": pages.START_ENDED,
        "capture": capture_page.CAPTURE,
        "script": capture_page.SCRIPT,
        "wechat_face": wechat_face.WORDS,
        "answers": answers.CAPTURE_ANSWERS,
        "media": answers.MEDIA,
        "notices": answers.NOTICES,
        "prompts": answers.PROMPTS,
        "film_steps": answers.FILM_STEPS,
        "hints": answers.HINTS,
        "failures": answers.FAILURES,
        "document": documents.WORDS,
        **console.TABLES,
        **console_case.TABLES,
        **console_work.TABLES,
        "who": reminder.WHO,
        "standings": reminder.STANDINGS,
        "endings": reminder.ENDINGS,
        "registry_columns": registry.COLUMNS,
        "registry_faults": registry.FAULTS,
        "registry_files": registry.FILES,
        "registry_rejects": registry.REJECTS,
    },
    documents={"agreement": documents.AGREEMENT, "privacy": documents.PRIVACY},
    day=day,
)
