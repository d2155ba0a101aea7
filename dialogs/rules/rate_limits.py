"""Hourly limits per account: far more than a family needs, too few to probe for other people.

A village helper needs two to three minutes per person, so thirty an hour is a busy helper's hour. 为他人查询
answers about others without their face and gets a lower limit (contract: "throttled").
"""

from collections.abc import Mapping
from types import MappingProxyType

from dialogs.values import CaptureRequest, LimitedRequest, Manner, Purpose

HOURLY: Mapping[LimitedRequest, int] = MappingProxyType(
    {LimitedRequest.LOOKUP: 30, LimitedRequest.QUERY_OTHER: 10, LimitedRequest.LINK: 30}
)


def lookup_of(request: CaptureRequest | None) -> LimitedRequest:
    """Return the limit against which a lookup for this request counts."""
    asks_for_other = request and (request.purpose, request.manner) == (Purpose.QUERY, Manner.AGENT)
    return LimitedRequest.QUERY_OTHER if asks_for_other else LimitedRequest.LOOKUP
