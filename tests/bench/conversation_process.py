"""Executes batches of messages, one round per line of standard input; prints each round's µs per message.

Run as `python tests/bench/conversation_process.py FOLDER`, from the checkout whose code is to be measured.
"""

import asyncio
import itertools
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.conversation.effects.planner import EffectPlanner
from bot.conversation.measured_step import measured_step
from bot.conversation.transaction import Conversation
from bot.conversation.units_of_work import Work
from bot.metrics.port import NO_METRICS
from bot.wechat.parsing import parse
from dialogs.reading.faq import faq_of
from messages.faq import SHIPPED
from storage.database import open_engine, upgrade
from storage.sealing.vault import Vault
from storage.store import Stores
from tests.bench.deliveries import message_texts

BATCH, BATCHES = 32, 50


def _batches():
    """Make batches of deliveries as the webhook passes them on."""
    endless = message_texts()
    while True:
        arrived = [parse(message.encode()).inbound for message in itertools.islice(endless, BATCH)]
        yield [Work(one.account, one.event, one.key, claims=True) for one in arrived]


async def main(folder: Path) -> None:
    """Answer each line with a round's processor time, over all threads."""
    engine = open_engine(f"sqlite+aiosqlite:///{folder / 'conversation.db'}")
    await upgrade(engine)
    vault = Vault.from_setting(Vault.new_setting())
    planner = EffectPlanner(
        "https://pension.example", lambda text: vault.blind(text, "audit.subject").hex(), reminds=False
    )
    stepping = measured_step(faq_of(SHIPPED), NO_METRICS)
    conversation = Conversation(engine, Stores.of(vault), planner, lambda: datetime.now(UTC), stepping)
    endless = _batches()
    for _ in sys.stdin:
        batches = list(itertools.islice(endless, BATCHES))
        began = time.process_time()
        for batch in batches:
            await conversation.execute(batch)
        took = time.process_time() - began
        sys.stdout.write(f"{took * 1e6 / BATCH / BATCHES:.1f}\n")
        sys.stdout.flush()
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
