"""English words of the pages that a person opens, and the legal texts."""

from messages.en.pages import answers, around_capture, capture, legal_texts, wechat_face
from messages.language.pack import tables_of

TABLES = tables_of(answers, around_capture, capture, legal_texts, wechat_face)
