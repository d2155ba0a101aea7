"""English words of the pages that a person opens, and the documents."""

from messages.en.pages import answers, around_capture, capture, documents, wechat_face
from messages.language.pack import tables_of

TABLES = tables_of(answers, around_capture, capture, documents, wechat_face)
