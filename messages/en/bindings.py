"""English texts about whose an account is, and who may act from it."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.keys import Key

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.AGENCY_ENDED: "All right, it is done. Those who did this for you before can no longer see "
        "your checks. To help you again, they need to register anew.",
        Key.AGENCY_UNKNOWN: "I first need one face check of your own, to know that it is you. "
        'Once it has passed, reply "Remove my helpers".',
        Key.READ_BACK_WHOSE: "Is this right? Name {name}, {id_type} {number}, {scheme}.\n"
        "This WeChat account is registered for {agent}. Are you {name} yourself? "
        'If so, tap "Next". If you do this for somebody else, tap "For someone else".',
        Key.BOUND_ELSEWHERE: "For your information: the face of {name} has just passed in another WeChat "
        "account, which can now see the record of {name} too.\n"
        "If it was you or your family, there is nothing to do. If you do not know of it, {name} can reply "
        '"Remove my helpers" from their own WeChat account; then no other account can see the record.',
        Key.UNBOUND_ELSEWHERE: "This account can no longer see the record of {name}: somebody replied "
        '"Remove my helpers" as {name} in another WeChat account. The record and the pension stay as they are.\n'
        'Are you {name}, and it was not you? Please do the face check once more under "For myself", then reply '
        '"Remove my helpers" here; then no other account can see the record.',
    }
)
