"""Routes by which a row of the outbox is carried out."""

from enum import Enum, auto


class DeliveryRoute(Enum):
    """What a worker does with a row."""

    MESSAGE = auto()  # a customer message, or the template that says the same
    TEMPLATE = auto()  # a template message (JSON), which is complete on its own: it needs no order
    CHECK = auto()  # the service resumes it on its own
    CORE_SYSTEM = auto()  # a POST to the office's core system (JSON)
