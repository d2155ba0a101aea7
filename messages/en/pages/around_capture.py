"""English words of the pages around a capture.

A template (`bot/h5/templates/*.html`) names them by key; `{name}` in a sentence is filled with a value.
"""

from collections.abc import Mapping
from types import MappingProxyType

OTHER_ROUTES = (
    "If a face check is hard for you, go to the pension office, book a home visit, or call 12333. "
    "It counts just as much."
)
ROUTES_WITH_DOCUMENTS = (
    "If a face check is hard for you, go to the pension office with your ID, book a home visit, "
    "or call 12333. It counts just as much."
)

EVERY_PAGE: Mapping[str, str] = MappingProxyType(
    {
        "lang": "en",
        "smaller": "A\u2212",
        "normal": "A",
        "larger": "A+",
        "call": "Call 12333",
        "back_to_chat": "Back to WeChat",
        "close_by_hand": "Please close this page, then open WeChat.",
        "go_back": "Back",
    }
)

CLOSED: Mapping[str, str] = MappingProxyType(
    {
        "title": "Face check",
        "more": (
            'Please go back to WeChat, and tap "Ready" or "New link" in the chat. You get a new link. '
            "Everything you entered is kept."
        ),
        "routes": ROUTES_WITH_DOCUMENTS,
    }
)

NOT_YOURS: Mapping[str, str] = MappingProxyType(
    {
        "title": "Face check",
        "more": (
            "To protect the person's details, the page opens only in the WeChat that it is for. "
            "Please go back to the WeChat that got the link, and tap the link there again."
        ),
        "routes": ROUTES_WITH_DOCUMENTS,
    }
)

NO_RECEIPT: Mapping[str, str] = MappingProxyType(
    {
        "title": "Receipt",
        "message": "This receipt number was not found",
        "more": (
            "Please check the number (eight characters with a dash in the middle), "
            'or tap "see the receipt" in the chat. If you have questions, please call 12333.'
        ),
    }
)

RECEIPT: Mapping[str, str] = MappingProxyType(
    {
        "title": "Receipt of a pension check",
        "receipt_is": "Receipt number",
        "scheme_is": "Pension",
        "name_is": "Name",
        "certified_is": "Time of the check",
        "channel_is": "Kind of check",
        "city_is": "Paid in",
        "due_is": "Next check, please by",
        "code_is": "QR code of the receipt; it opens this page",
        "scan": "Scan the code to check this receipt, without logging in: {address}",
        "questions": "If you have questions, please call 12333 and give the receipt number.",
        "print": "Print",
        "person_is": "The person: ",
        "record_is": "The record: ",
        "person_passed": "checked ({channel}).",
        "valid": "This check is valid.",
        "valid_record": "recorded and signed.",
        "download": "Download receipt",
        "signed_by": "Signature key: {key}",
        "unsigned": "This check is on record.",
        "unsigned_record": "recorded. There were no signatures yet when this receipt was made: rely on this page.",
        "revoked": "This check has been revoked. It is no longer valid.",
        "person_had_passed": "had been checked ({channel}).",
        "revoked_record": "revoked by the pension office on {revoked_on}. Please do the check again, or call 12333.",
        "altered": "This receipt cannot be confirmed. Please do not rely on it.",
        "altered_record": (
            "it is not what was signed when the receipt was made, or the signature key is unknown. "
            "Please call 12333."
        ),
    }
)


START: Mapping[str, str] = MappingProxyType(
    {
        "title": "Yearly pension check",
        "name_is": "Name",
        "scheme_is": "Pension",
        "due_is": "Due by",
        "begin": "Start face check",
        "routes": OTHER_ROUTES,
        "opening": "Opening the face check",
        "by_hand": "If it does not open automatically, please tap the button.",
        "go_on": "Continue",
    }
)
"""The page that a reminder links to."""

START_ENDED: Mapping[str, str] = MappingProxyType(
    {"title": "Yearly pension check", "routes": ROUTES_WITH_DOCUMENTS}
)
"""The same link when there is nothing to start."""

NOT_FOUND: Mapping[str, str] = MappingProxyType(
    {
        "title": "Yearly pension check",
        "message": "This address cannot be opened",
        "more": "Please go back to WeChat, and tap the link in the chat again. Everything you entered is kept.",
        "routes": ROUTES_WITH_DOCUMENTS,
    }
)
"""An address without a page, or one that is not opened by hand."""
