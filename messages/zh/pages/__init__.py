"""Chinese words of the pages that a person opens, and the legal texts."""

from messages.language.pack import tables_of
from messages.zh.pages import answers, around_capture, capture, legal_texts, wechat_face

TABLES = tables_of(answers, around_capture, capture, legal_texts, wechat_face)
