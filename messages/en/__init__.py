"""English texts."""

from messages.en import console, names, registry, reminder
from messages.en.chat import TEXTS
from messages.en.formats import day, upcoming
from messages.en.labels import LABELS
from messages.en.pages import answers, around_capture, capture, legal_texts, wechat_face
from messages.language.pack import LanguagePack

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
        "every_page": around_capture.EVERY_PAGE,
        "closed": around_capture.CLOSED,
        "not_yours": around_capture.NOT_YOURS,
        "no_receipt": around_capture.NO_RECEIPT,
        "receipt": around_capture.RECEIPT,
        "start": around_capture.START,
        "start_ended": around_capture.START_ENDED,
        "not_found": around_capture.NOT_FOUND,
        "capture": capture.CAPTURE,
        "script": capture.SCRIPT,
        "wechat_face": wechat_face.WORDS,
        "answers": answers.CAPTURE_ANSWERS,
        "media": answers.MEDIA,
        "notices": answers.NOTICES,
        "pass_sources": reminder.PASS_SOURCES,
        "pass_years": reminder.PASS_YEARS,
        "prompts": answers.PROMPTS,
        "film_steps": answers.FILM_STEPS,
        "hints": answers.HINTS,
        "failures": answers.FAILURES,
        "legal_text": legal_texts.WORDS,
        **console.TABLES,
        "sent": answers.SENT,
        "who": reminder.WHO,
        "standings": reminder.STANDINGS,
        "endings": reminder.ENDINGS,
        "registry_columns": registry.COLUMNS,
        "registry_faults": registry.FAULTS,
        "registry_files": registry.FILES,
        "registry_rejects": registry.REJECTS,
        **registry.TABLES,
    },
    legal_texts={"agreement": legal_texts.AGREEMENT, "privacy": legal_texts.PRIVACY},
    day=day,
    upcoming=upcoming,
)
