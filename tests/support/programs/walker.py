"""A person who certifies again and again, whichever process dies in between."""

import asyncio
import contextlib
from time import monotonic

import aiohttp

from dialogs.rules.id_numbers import check_digit
from dialogs.values import Identity, IdType
from messages.zh.pages.answers import BUSY
from tests.acceptance.phone import choices, links

_MOST_ANSWERS = 500
"""The most answers before a link, including some 系统繁忙."""
_PAUSE = 0.02
_FORWARD = (
    "同意并开始办理",
    "开始办理",
    "本人办理",
    "居民身份证",
    "下一步",
    "确定",
    "重新识别",
    "换一个链接",
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫"


class Walker:
    """Speaks through a platform's `say` and `next_message`; `open_page` opens a link as a phone does."""

    def __init__(self, number, platform, open_page, photo, pause=0.0):
        name = f"{_SURNAMES[number % len(_SURNAMES)]}行者"
        first = f"440103{1950 + number // 900}0101{number % 900 + 100}"
        self.person = Identity(name, IdType.RESIDENT_ID, first + check_digit(first))
        self.account, self._platform = f"walker-{number}", platform
        self._open_page, self._photo, self._pause = open_page, photo, pause
        self.tickets, self.waits = [], []

    async def walk(self, over, most=None):
        """Certify until `over` is set, or as often as an account may in an hour."""
        while not over.is_set() and (most is None or len(self.tickets) < most):
            await self._certify()

    async def _certify(self):
        link = await self._to_link()
        seen, page = len(self._platform.mailboxes.after(self.account, 0)), self._open_page(link)
        await _until_definite(page.agree)
        await _until_definite(lambda: page.selfie(self._photo))
        self.tickets.append(link)
        passed = monotonic()
        await self._platform.next_message(self.account, seen, "认证成功")
        self.waits.append(monotonic() - passed)

    async def _to_link(self):
        words = "企业职工认证"
        for _ in range(_MOST_ANSWERS):
            text = await self._platform.say(self.account, words)
            if found := [one for one in links(text) if "/h5/capture/" in one]:
                return found[0]
            await asyncio.sleep(self._pause)
            words = words if text == BUSY else self._answer(text)
        raise AssertionError(text)

    def _answer(self, text):
        """Tap forward, or answer what is asked."""
        offered = choices(text)
        forward = next((label for label in _FORWARD if label in offered), None)
        if forward:
            return forward
        return self.person.number if "证件号码" in text else self.person.name


async def _until_definite(ask):
    """Repeat the request until it is certain that it succeeded: now, or earlier with a lost answer (410)."""
    while True:
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            answer = await ask()
            if answer.status == 410 or (answer.status, answer.outcome) == (200, "passed"):
                return
        await asyncio.sleep(_PAUSE)
