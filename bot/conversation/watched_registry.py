"""Tells the operator while an outside registry gives no answer."""

from dataclasses import dataclass

from bot.wechat.operator_alarms import OperatorAlarms
from dialogs.ports import Registry, Unavailable
from dialogs.values import Beneficiary, IdType, Scheme
from storage.messaging.alarms import AlarmScope


@dataclass(frozen=True, slots=True)
class WatchedRegistry:
    """A registry whose first missing answer is an alarm: the person who asked heard that we are busy."""

    registry: Registry
    alarms: OperatorAlarms

    async def find(self, scheme: Scheme, id_type: IdType, number: str) -> Beneficiary | Unavailable | None:
        """Look one person up."""
        found = await self.registry.find(scheme, id_type, number)
        if isinstance(found, Unavailable):
            await self.alarms.raise_(AlarmScope.REGISTRY, AlarmScope.REGISTRY)
        else:
            await self.alarms.settle(AlarmScope.REGISTRY, per_process=True)
        return found
