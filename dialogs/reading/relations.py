"""The relation of the beneficiary to the writer, and the scheme."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from dialogs.reading.intents import Intent
from dialogs.reading.lexicon.english.intents import ENGLISH_KIN
from dialogs.reading.lexicon.kin import CHILDREN, KIN, NOISE, OWN_AGE, OWN_TURN, PRONOUNS
from dialogs.reading.lexicon.schemes import ENGLISH_SCHEMES, OTHER_SCHEMES, SCHEME_NAMED, SCHEME_WORDS
from dialogs.reading.lexicon.synonyms import HELPERS_NUMBER, OWN_NUMBER
from dialogs.reading.normalize import Plain, said_once
from dialogs.reading.patterns import SELF_WORDS, compiled
from dialogs.session import Relation
from dialogs.values import Scheme

_RELATIONS: Mapping[str, Relation] = MappingProxyType(
    {word: Relation(relation) for relation, words in KIN.items() for word in words.split("|")}
)
_ANY_KIN = compiled("<kin>")
_NOT_KIN = compiled("不是(?:给|帮|替|为)?<mine><kin>")
_CHILD_OF = re.compile(f"是[^,]{{1,6}}的(?:{CHILDREN})")
_NOT_SELF = re.compile("不是(?:我|给)?(?:本人|自己)")
_NOISE = re.compile(NOISE)
_ELDER = re.compile(OWN_AGE)
_OWN_TURN = compiled(OWN_TURN)
_FOR_KIN = re.compile(
    compiled("(?:帮|给|替|为|代)(?:一?下)?(?:我|俺|咱)?(?:们)?的?(?:家里?|老家)?的?(<kin>)")
)
_TWO_KIN = compiled("(?:<kin>)(?:(?:和|跟|同|与|还有|以及)<mine>|我|俺|咱)(?:<kin>)")
_HELPED = compiled(f"(?:<kin>|{CHILDREN}).{{0,4}}(?:帮|替|给|代)我(?!的?(?:<kin>))")
_DEAD_KIN = compiled("(<kin>)(?:[^,]{0,8}?)(?:<death>|<gone>)")
_SELF = re.compile(SELF_WORDS)
_COUPLE = compiled("<our_couple>")
_SOMEBODY = compiled(f"<kin>|{'|'.join(PRONOUNS)}")


def find_relation(joined: str, intent: Intent | None) -> Relation | None:
    """Return the relation of the beneficiary: the person acted for, else the one named, else a pronoun."""
    said = _OWN_TURN.sub("自己", _ELDER.sub("自己", _NOISE.sub("", joined)))
    said = _NOT_SELF.sub("他", _NOT_KIN.sub("", said))
    if intent is Intent.SEVERAL and _COUPLE.search(joined):
        return Relation.SPOUSE
    dead = _DEAD_KIN.search(said)
    if intent is Intent.DEATH and dead:
        return _RELATIONS[dead[1]]
    said = said if intent is Intent.DEATH else _DEAD_KIN.sub("", said)
    if _TWO_KIN.search(said):
        return Relation.OTHER
    if found := _FOR_KIN.search(said):
        return _RELATIONS[found[1]]
    return Relation.SELF if _HELPED.search(said) else _named(said)


def _named(said: str) -> Relation | None:
    named = {_RELATIONS[found[0]] for found in _ANY_KIN.finditer(said)}
    close = named - {Relation.OTHER}
    if close or named:
        return next(iter(close)) if len(close) == 1 else Relation.OTHER
    if _SELF.search(said):
        return Relation.SELF
    return Relation.OTHER if _CHILD_OF.search(said) or any(word in said for word in PRONOUNS) else None


_OWN_PAPERS = re.compile("我(?:自己)?的(?:居民)?(?:身份证|证件|护照|号码)")


def names_several(joined: str) -> bool:
    """Whether a text names different people, by kin, a pronoun of another sex or the writer's own papers.

    我爸叫王建国，她死了; 我妈死了，我的身份证….
    """
    said = _NOISE.sub("", joined)
    named = {_RELATIONS[found[0]] for found in _ANY_KIN.finditer(said)}
    is_another = (Relation.FATHER in named and "她" in said) or (Relation.MOTHER in named and "他" in said)
    return len(named) > 1 or is_another or bool(named and _OWN_PAPERS.search(said))


_ENGLISH_KIN = tuple(
    (Relation(relation), re.compile(rf"\b(?:my|our|for|of) (?:dear |old |late )?(?:{words})\b"))
    for relation, words in ENGLISH_KIN.items()
)
_ENGLISH_OTHER = re.compile(r"\bfor (?:him|her|them|someone|somebody|another)\b")
_ENGLISH_SELF = re.compile(r"\b(?:myself|for me)\b")


def find_english_relation(spaced: str) -> Relation | None:
    """Return whose pension an English text is about."""
    named = {relation for relation, words in _ENGLISH_KIN if words.search(spaced)}
    if named:
        return next(iter(named)) if len(named) == 1 else Relation.OTHER
    if _ENGLISH_OTHER.search(spaced):
        return Relation.OTHER
    return Relation.SELF if _ENGLISH_SELF.search(spaced) else None


_KIN_ALONE = compiled(
    "^(?:给|帮|为|替|是)?<mine>家?(?:<kin>)(?:大人)?(?:的|吧|啊|呀|呢|办)*$|^(?:给|帮|为|替)[他她](?:的|吧|啊|呀|办|弄)*$"
)
_ENGLISH_KIN_ALONE = re.compile(
    rf"^(?:its |it is |this is )?(?:for )?my (?:{'|'.join(ENGLISH_KIN.values())})$"
)


def is_kin_alone(message: Plain) -> bool:
    """Whether a message names a relative and says nothing else: 我妈, for my dad."""
    return bool(_KIN_ALONE.search(message.joined) or _ENGLISH_KIN_ALONE.search(message.spaced.strip(" ,")))


_SELF_ALONE = compiled(
    "^(?:(?:我|就|是|给|那|还是)*(?:自己|本人|各人|自家)来?(?:<do>|操作|来)?(?:吧|的|啊|呀|啦|了|,)*){1,3}$"
)


def is_self_alone(message: Plain) -> bool:
    """Whether a message says that the writers do it themselves, and nothing else: 我自己弄."""
    return bool(_SELF_ALONE.search(said_once(message.joined)))


_ACTS_FOR_ANOTHER = re.compile(
    f"(?<![说示脸])(?<![说示脸]我)不是(?:我)?(?:本人|自己)|我是[^,]{{1,6}}(?:{CHILDREN})|"
    "(?:办理?|认证|刷脸?|领钱|领养老金)的(?:那个)?人?(?:并|也)?不是我$"
)


def acts_for_another(message: Plain) -> bool:
    """Whether the writer says that the pension is somebody else's: 我不是本人, 我是陈秀英的女儿."""
    return bool(_ACTS_FOR_ANOTHER.search(message.joined))


_OWN_NUMBER, _HELPERS_NUMBER = re.compile(OWN_NUMBER), re.compile(HELPERS_NUMBER)


def own_digits(message: Plain, *, is_helper: bool = False) -> str:
    """Return the digits that are said to be the writer's number, or "": 我老伴不在，我的是1101….

    A helper who is asked for their number may also give it after saying who they are: 我是她儿子，号码4401….
    """
    helpers = _HELPERS_NUMBER.search(message.joined) if is_helper else None
    found = _OWN_NUMBER.search(message.joined) or helpers
    return next(filter(None, found.groups())) if found else ""


def somebody(message: Plain) -> tuple[int, ...]:
    """Return where in the plain text a word for somebody else ends."""
    return tuple(found.end() for found in _SOMEBODY.finditer(message.spaced))


_SCHEMES = tuple((Scheme(scheme), re.compile(words)) for scheme, words in SCHEME_WORDS)
_ENGLISH_SCHEMES = tuple((Scheme(scheme), re.compile(words)) for scheme, words in ENGLISH_SCHEMES)
_OTHER_SCHEMES = re.compile(OTHER_SCHEMES)
_NOT = "(?:不是|并非|没有?)"
_NOT_SCHEME = re.compile(_NOT + "(?:" + "|".join(words for _, words in SCHEME_WORDS) + ")")
_DENIED = tuple(
    (Scheme(scheme), re.compile(f"{_NOT}(?:领|拿)?的?(?:{words})")) for scheme, words in SCHEME_WORDS
)
_NAMED = re.compile(SCHEME_NAMED)


def find_scheme(joined: str) -> Scheme | None:
    """Return the scheme that a text is about; both at once, or a denied one, say nothing."""
    if _OTHER_SCHEMES.search(joined):
        return None
    said = _NOT_SCHEME.sub("", joined)
    found = [scheme for scheme, words in _SCHEMES if words.search(said)]
    return found[0] if len(found) == 1 else None


def find_english_scheme(spaced: str) -> Scheme | None:
    """Return the scheme that an English text is about."""
    found = [scheme for scheme, words in _ENGLISH_SCHEMES if words.search(spaced)]
    return found[0] if len(found) == 1 else None


def find_denied_scheme(joined: str) -> Scheme | None:
    """Return the scheme that the text denies: 我不是企业职工."""
    return next((scheme for scheme, words in _DENIED if words.search(joined)), None)


def names_scheme_alone(joined: str) -> bool:
    """Whether a message does nothing but name a scheme."""
    return _NAMED.search(joined) is not None
