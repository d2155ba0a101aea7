"""The language of a page: the account's choice, or the one that the address names."""

from dataclasses import dataclass

from bot.capture.tickets.ticket import ticket_hash
from bot.receipts.numbers import normal_receipt
from messages.language.codes import DEFAULT, Language
from storage.database import Engine, connect
from storage.records.captures import Captures

PARAMETER = "lang"
"""Query parameter: for pages without an account, such as the privacy policy, and to choose a language."""


def in_language(address: str, language: Language) -> str:
    """Return the address of a document in a language; Chinese is not named in it."""
    return address if language is DEFAULT else f"{address}?{PARAMETER}={language}"


def named(language: str) -> Language | None:
    """Read the parameter; None for any other language."""
    return next((spoken for spoken in Language if spoken.value == language), None)


@dataclass(frozen=True, slots=True)
class PageLanguages:
    """Finds the language of a page; None if there is no such ticket or receipt."""

    engine: Engine
    captures: Captures

    async def of_ticket(self, ticket: str) -> Language | None:
        """Return the language of the account that asked for this link."""
        async with connect(self.engine) as conn:
            return await self.captures.language(conn, ticket_hash(ticket))

    async def of_receipt(self, typed: str) -> Language | None:
        """Return the language of the account that this pass came from."""
        number = normal_receipt(typed)
        if number is None:
            return None
        async with connect(self.engine) as conn:
            return await self.captures.language_of_receipt(conn, number)
