"""The user agreement and the privacy policy in English; a change of meaning needs a new `TERMS_VERSION`."""

from messages.en import labels
from messages.language.labels import Label
from messages.language.pack import LegalText, Section

LEGAL_TEXT = {"version_is": "Version {version}"}

AGREEMENT = LegalText(
    "User Service Agreement",
    "User Service Agreement",
    (
        Section(
            "What this service is",
            (
                "Once a year it confirms that the person who receives a pension is alive, so that the "
                "pension goes on as usual. It is for the employee pension and the resident pension. "
                "The service is free, and never asks you to send money."
            ),
        ),
        Section(
            "How it is done",
            (
                "You enter a name and an ID. The person who receives the pension does the face check, which "
                "is compared with the photo on record. Once it has passed there is a receipt number. "
                "If you do this for someone else, you register your own true name and ID, and the face check "
                "must be done by the person who receives the pension."
            ),
        ),
        Section(
            "What we ask of you",
            points=(
                "Enter what is true, and use no photo or video of anybody in the person's place.",
                "The link is only for the person of the face check. It works once, within 10 minutes.",
            ),
        ),
        Section(
            "What we can and cannot do",
            points=(
                "A busy system or an unclear picture does not count as failed. You can try again.",
                (
                    "A machine can be wrong. Not passing does not mean that your pension changes. "
                    "You can ask for a person to check."
                ),
                (
                    "Whether a pension is paid, and how much, is decided by the pension office, "
                    "not by this service."
                ),
            ),
        ),
        Section(
            "If you would rather not use the phone",
            (
                "You can stop at any time. The counter of the pension office, a home visit or 12333 "
                "count just as much."
            ),
        ),
    ),
)

PRIVACY = LegalText(
    "Privacy Policy",
    "Privacy Policy",
    (
        Section(
            "What we use",
            points=(
                "Name, kind of ID and its number: to find your pension record.",
                "An identifier of your WeChat account: to answer you.",
                "Photos or videos of the face check: to see that it is the person.",
                "If you do this for someone else: your own name and ID.",
                (
                    "If you ask for a person: what you and our colleague write, and the few lines before. "
                    "It is kept encrypted, deleted in time, and read only by the colleague who answers."
                ),
            ),
        ),
        Section(
            "Face data",
            points=(
                "Before the face check you are asked for a consent of its own. You may say no.",
                (
                    "Photos and videos taken now are used for the check, then thrown away at once. "
                    "They are not kept."
                ),
                (
                    "The numbers computed from the photo on record are kept encrypted, apart from name and "
                    "ID, and used for the check only."
                ),
            ),
        ),
        Section(
            "How it is kept",
            (
                "Names and ID numbers are kept encrypted. Every check is written down. Receipts and pages "
                "show names and numbers with a part covered."
            ),
        ),
        Section(
            "Who sees it",
            (
                "The result goes to the pension office of the place that pays your pension. "
                "It is sold to nobody and used for no advertising."
            ),
        ),
        Section(
            "What you can do",
            points=(
                (
                    "Take back the consent to face data: reply "
                    f'"{labels.LABELS[Label.WITHDRAW_FACE]}" in the chat, or contact the pension office.'
                ),
                'See what is kept here about you, and how long: reply "What do you store about me" in the chat.',
                (
                    "Delete the chat, the binding and the face data that are kept here: reply "
                    f'"{labels.LABELS[Label.ERASE]}" in the chat. The records of passed checks, of your '
                    "consent and of what was done stay as evidence."
                ),
                "See or correct what the pension office has on record: contact it, or call 12333.",
                "Do without a face check: the counter, a home visit or 12333 count just as much.",
            ),
        ),
    ),
)
