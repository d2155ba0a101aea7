"""Renders the dialog's messages as texts of the chat. Prompts that name nobody are rendered once."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from bot.capture.languages import in_language
from messages.catalogue.phrases import OfficeIn, OfficePhrase
from messages.language.codes import Language
from messages.language.keys import Key
from messages.outbound import RenderContext, Say, is_of_catalogue, render, split

_MOST_KEPT = 4096
"""Prompts, each for one city and one language; a kilobyte at most."""


class ChatTexts:
    """Texts of one installation: its address and its offices never change.

    Most messages are prompts that contain an office and choices of the catalogue, and nothing about a person.
    Only those are kept.
    """

    def __init__(self, public_url: str, offices: Mapping[str, OfficePhrase]) -> None:
        self._offices = offices
        self._links = {language: _links(public_url, language) for language in Language}
        self._kept = lru_cache(maxsize=_MOST_KEPT)(self._prompt)

    def of(self, say: Say, language: Language, link: str = "") -> tuple[str, ...]:
        """Return a message as texts that the platform takes; `link` is the address of an opened capture."""
        office = say.values.get("office") if len(say.values) == 1 and not link else None
        if not isinstance(office, OfficeIn) or not is_of_catalogue(say.choices):
            return self._render(say, language, link)
        return self._kept(say.key, office.city if office.city in self._offices else "", say.choices, language)

    def _prompt(self, key: Key, city: str, choices: tuple[str, ...], language: Language) -> tuple[str, ...]:
        return self._render(Say(key, {"office": OfficeIn(city)}, choices), language)

    def _render(self, say: Say, language: Language, link: str = "") -> tuple[str, ...]:
        links = self._links[language]
        context = RenderContext({**links, "capture": link} if link else links, language, self._offices)
        return tuple(split(render(say, context)))


def _links(public_url: str, language: Language) -> Mapping[str, str]:
    h5 = f"{public_url}/h5"
    legal_texts = {name: in_language(f"{h5}/{name}", language) for name in ("agreement", "privacy")}
    return MappingProxyType({"base": public_url, **legal_texts})
