"""Characters that encodings, fonts and keyboards write in more than one way.

`repaired` undoes accidents of transport and changes nothing that a person sees. `SIMPLIFIED` is for comparing
names that look different but mean the same person, never for what is kept or shown.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dialogs.rules.traditional import PAIRS

_UNSEEN = (
    (0x00, 0x08),
    (0x0E, 0x1B),
    (0x7F, 0x84),
    (0x86, 0x9F),
    (0xAD, 0xAD),
    (0x034F, 0x034F),
    (0x0600, 0x0605),
    (0x061C, 0x061C),
    (0x06DD, 0x06DD),
    (0x070F, 0x070F),
    (0x0890, 0x0891),
    (0x08E2, 0x08E2),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x110BD, 0x110BD),
    (0x110CD, 0x110CD),
    (0x13430, 0x1343F),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
"""Code points without a form of their own: controls that are not spaces, category Cf, and Unicode's
Default_Ignorable_Code_Point (DerivedCoreProperties.txt): Hangul fillers, variation selectors, joiners, tags.
"""

_GBK_PRIVATE_USE = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊"
    "䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
"""U+E815 to U+E864 in turn, the private use of GBK fonts for FE50 to FEA0.

Source: Python's codec (GB 18030-2000), and for the fourteen that it still leaves in private use GNU libc 2.36
(`iconv -f GB18030`), which follows GB 18030-2005 and Unicode 4.1.
"""

_RADICALS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡"
    "⺜日⺝月⺞歺⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊"
    "⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅"
    "⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾"
    "⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀"
)
"""A radical of U+2E80 to U+2EFF and its ideograph in turn (EquivalentUnifiedIdeograph.txt, Unicode 14).

NFKC maps the Kangxi radicals of U+2F00 to U+2FD5, but not these.
"""


def _pairs(text: str) -> dict[int, str]:
    return {ord(one): other for one, other in zip(text[::2], text[1::2], strict=True)}


def _repairs() -> Iterator[tuple[int, str | None]]:
    radicals = _pairs(_RADICALS)
    yield from radicals.items()
    yield from enumerate((character.translate(radicals) for character in _GBK_PRIVATE_USE), start=0xE815)
    for first, last in _UNSEEN:
        yield from ((code, None) for code in range(first, last + 1))


_REPAIRS = dict(_repairs())

NAME_DOTS = "·•‧∙⋅・･﹒●⚫⦁◦∘▪ꞏ᛫⸰⸱ㆍ᠂·"
"""What is typed for the dot of a name (买买提·艾力), and never ends a sentence."""

SIMPLIFIED: Mapping[int, str] = MappingProxyType(_pairs(PAIRS))
"""Traditional to simplified, for `str.translate`: 張 and 张 are one family name."""


def repaired(text: str) -> str:
    """Return the text without unseen characters, radicals and the private use of GBK fonts as ideographs."""
    return text if text.isascii() and text.isprintable() else text.translate(_REPAIRS)
