"""A stand-in for the service behind its real webhook, for tests of the simulated platform."""

import asyncio

from messages.inbound import TemplateJobFinished, Text, Unsubscribed

JPEG = b"\xff\xd8\xff\xe0 not really a portrait"


class Service:
    """Stands in for the service: records messages and gives a scripted answer."""

    def __init__(self):
        self.heard = []
        self.enrolled = []
        self.delay = 0.0
        self.answer = None

    async def receive(self, inbound):
        self.heard.append(inbound)
        await asyncio.sleep(self.delay)
        if isinstance(inbound.event, Text):
            return self.answer if self.answer is not None else f"您说：{inbound.event.content}"
        return "" if isinstance(inbound.event, Unsubscribed | TemplateJobFinished) else "收到"

    async def enrol(self, name, number, image):
        self.enrolled.append((name, number, image))
        return "" if image == JPEG else "照片里没有人脸"

    @property
    def events(self):
        return [inbound.event for inbound in self.heard]
