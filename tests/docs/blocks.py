"""Makes the tables of the documentation's pages from the code.

A block stands between `<!-- name -->` and `<!-- /name -->` in a page of `docs/`; a page whose name ends in
`.zh.md` has it in Chinese.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from html import escape

from bot.settings.settings import Settings
from bot.settings.table import Setting, settings_of
from dialogs.reading.lexicon.registry_files import HEADINGS, NOTHING, SCHEMES, STATUSES
from dialogs.values import IdType
from messages.catalogue.lookup import phrase_of
from messages.language.codes import Language
from storage.registry.dates import read_date
from storage.registry.row import COLUMNS
from storage.sheets.faults import FaultKind
from tests.docs.chinese import COMMANDS, HEADERS, SETTINGS, VALUES
from tests.docs.commands import Argument, Command, commands

ENGLISH, CHINESE = Language.ENGLISH, Language.CHINESE
DATES = (
    *("2010-01-01", "2010/1/1", "2010.1.1", "20100101", "2010年1月1日", "二〇一〇年一月一日"),
    *("2010-01-01 08:30:00", "40179", "0000-00-00", "00000000", "1900/1/0"),
    *("01/02/2010", "2010-01", "2010-02-30"),
)
"""Notations of dates; the last three are refused."""
_PHOTO_FAULTS = list(FaultKind).index(FaultKind.NO_SUCH_FILE)


def command_reference(language: Language) -> str:
    """Return each command with what it does and its options."""
    return "\n\n".join(_command(one, language) for one in commands())


def _command(one: Command, language: Language) -> str:
    lines = [
        f"## `{one.name}`",
        "",
        _sentence(_said(one.name, one.about, language)),
        "",
        "```sh",
        one.usage,
        "```",
    ]
    rows = [
        (f"`{argument.flags[0]}`", _explained(one, argument, language))
        for argument in one.arguments
        if argument.flags and (argument.about or argument.choices)
    ]
    return "\n".join(lines) + (f"\n\n{_table(('option', 'meaning'), rows, language)}" if rows else "")


def _explained(one: Command, argument: Argument, language: Language) -> str:
    about = _said(f"{one.name} {argument.flags[0]}", argument.about, language)
    choices = " ".join(f"`{choice}`" for choice in argument.choices)
    return ("：" if language is CHINESE else ": ").join(filter(None, (about, choices)))


def _said(name: str, english: str, language: Language) -> str:
    return COMMANDS.get(name, english) if language is CHINESE else english


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'.' if text.isascii() else '。'}"


def setting_reference(language: Language) -> str:
    """Return each setting with its default and meaning."""
    rows = [
        (f"`{one.name}`", _default(one, language), _yes(one.secret, language), _meaning(one, language))
        for one in settings_of(Settings)
    ]
    return _table(("name", "default", "secret", "meaning"), rows, language)


def _default(one: Setting, language: Language) -> str:
    text = one.default_text()
    return _word("required", language) if one.required else f"`{text}`" if text else ""


def _yes(holds: bool, language: Language) -> str:  # noqa: FBT001 - it is the cell's value
    return _word("yes", language) if holds else ""


def _meaning(one: Setting, language: Language) -> str:
    return SETTINGS.get(one.name, one.help) if language is CHINESE else one.help


def registry_columns(language: Language) -> str:
    """Return the columns of a registry file, with the headings under which each is found."""
    rows = [
        (f"`{name}`", phrase_of("registry_columns", name, CHINESE), _listed(HEADINGS.get(name, "")))
        for name in COLUMNS
    ]
    return _table(("column", "chinese", "headings"), rows, language)


def registry_values(language: Language) -> str:
    """Return the codes of schemes and payment states, with other words for each."""
    tables = (("scheme", SCHEMES), ("benefit_status", STATUSES))
    rows = [
        (f"`{column}`", f"`{code}`", _listed(words))
        for column, table in tables
        for code, words in table.items()
    ]
    return _table(("column", "code", "words"), rows, language)


def registry_documents(language: Language) -> str:
    """Return the documents, with the form of each number."""
    rows = [
        (
            f"`{one}`",
            phrase_of("id_types", one, CHINESE),
            f"<code>{escape(one.form.pattern).replace('|', '&#124;')}</code>",
        )
        for one in IdType
    ]
    return _table(("code", "chinese", "form"), rows, language)


def registry_dates(language: Language) -> str:
    """Return notations of dates, each with what is read."""
    rows = [(f"`{text}`", _day_read(text, language)) for text in DATES]
    return _table(("written", "read"), rows, language)


def _day_read(text: str, language: Language) -> str:
    found = read_date(text)
    if isinstance(found, date):
        return found.isoformat()
    if found is None:
        return _word("no date", language)
    column = phrase_of("registry_columns", "benefit_start", language)
    return phrase_of("registry_faults", found, language).format(column=column)


def registry_nothing(_: Language) -> str:
    """Return the words that count as an empty cell."""
    return "、".join(f"`{word}`" if word.isascii() else word for word in NOTHING.split("|"))


def registry_faults(language: Language) -> str:
    """Return why a row is refused, as the reject file says it."""
    return _bullets(list(FaultKind)[:_PHOTO_FAULTS], language, _word("the column", language))


def photo_faults(language: Language) -> str:
    """Return why a photo is refused, as the reject file says it."""
    photo = phrase_of("registry_columns", "photo", language)
    return _bullets(list(FaultKind)[_PHOTO_FAULTS:], language, photo)


def _bullets(kinds: Iterable[FaultKind], language: Language, column: str) -> str:
    return "\n".join(
        f"- {phrase_of('registry_faults', kind, language).format(column=column, known='…')}" for kind in kinds
    )


def _listed(words: str) -> str:
    return "、".join(words.split("|")) if words else ""


def _word(name: str, language: Language) -> str:
    return HEADERS[name] if language is CHINESE else VALUES.get(name, name)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], language: Language) -> str:
    lines = [[_word(name, language) for name in header], ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


BLOCKS: Mapping[str, Callable[[Language], str]] = {
    "commands": command_reference,
    "settings": setting_reference,
    "registry-columns": registry_columns,
    "registry-values": registry_values,
    "registry-documents": registry_documents,
    "registry-dates": registry_dates,
    "registry-nothing": registry_nothing,
    "registry-faults": registry_faults,
    "photo-faults": photo_faults,
}
"""Blocks by the name that stands in the page."""
