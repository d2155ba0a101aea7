"""Chinese words of the pages that a person opens, and the documents."""

from messages.language.pack import tables_of
from messages.zh.pages import answers, around_capture, capture, documents, wechat_face

TABLES = tables_of(answers, around_capture, capture, documents, wechat_face)
