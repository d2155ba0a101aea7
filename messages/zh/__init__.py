"""Chinese texts."""

from messages.pack import LanguagePack
from messages.zh import (
    answers,
    capture_page,
    documents,
    names,
    pages,
    registry,
    reminder,
    result,
    wechat_face,
)
from messages.zh.chat import TEXTS
from messages.zh.formats import day

LANGUAGE = LanguagePack(
    name="中文",
    texts=TEXTS,
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
        "who": reminder.WHO,
        "standings": reminder.STANDINGS,
        "endings": reminder.ENDINGS,
        "registry_columns": registry.COLUMNS,
        "registry_faults": registry.FAULTS,
        "registry_rejects": registry.REJECTS,
        "demo": answers.DEMO,
        "reminder": reminder.TEMPLATE,
        "result": result.RESULT,
    },
    documents={"agreement": documents.AGREEMENT, "privacy": documents.PRIVACY},
    day=day,
)
