"""English texts about the person of an account, who may act from it, and the data held."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.language.keys import Key

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.AGENCY_ENDED: "All right, it is done. Those who did this for you before can no longer see "
        "your checks. To help you again, they need to register again.",
        Key.AGENCY_UNKNOWN: "I first need a face check of your own, to know that it is you. "
        'Once it has passed, reply "Remove my helpers".',
        Key.READ_BACK_WHOSE: "Is this right? Name {name}, {id_type} {number}, {scheme}.\n"
        "This WeChat account is registered for {agent}. Are you {name} yourself? "
        'If so, tap "Next". If you do this for somebody else, tap "For someone else".',
        Key.BOUND_ELSEWHERE: "For your information: on {day} the face of {name} passed in another WeChat "
        "account. Since then that account can see the record of {name} too.\n"
        "If it was you or your family, there is nothing to do. If you know nothing about it, {name} can reply "
        '"Remove my helpers" from their own WeChat account; then no other account can see the record.',
        Key.UNBOUND_ELSEWHERE: "This account can no longer see the record of {name}: on {day}, as {name}, somebody "
        'replied "Remove my helpers" in another WeChat account, or had their data deleted there. The record and the pension stay as they are.\n'
        'If you are {name} and it was not you, please do the face check again under "For myself", then reply '
        '"Remove my helpers" here; then no other account can see the record.',
        Key.HELD: "These kinds of data of yours are kept here:\n{lines}\n"
        "Photos and videos of the face check are deleted right after the comparison.\n"
        "Can be deleted now: the registered face data, the chat, the connection between this WeChat and you, reminders.\n"
        "Must stay: certifications and the records of consents and actions, by which pensions are checked.\n"
        'To delete, tap "Delete my data". About your registered name and ID number, ask {office}.',
        Key.HELD_UNKNOWN: "You have not passed a face check of your own here yet, so I do not know who you are. "
        "Kept for this WeChat:\n{lines}\n"
        "Photos and videos of the face check are deleted right after the comparison.\n"
        'The chat and what you typed can be deleted now: tap "Delete my data". About registered face data, name '
        "and ID number, ask at the counter of {office}, with your ID.",
        Key.HELD_OF_OTHER: "The person has to ask for themselves, from their own WeChat. Without WeChat, go with them "
        "to {office} and take the ID.",
        Key.HELD_FACE: "· Registered face data: until you have it deleted",
        Key.HELD_PASSES: "· Certifications and receipts: kept for years",
        Key.HELD_BINDING: "· Whose WeChat this is: until you have it deleted",
        Key.HELD_TIES: "· Whom this WeChat helped: until {days} days without a message",
        Key.HELD_TALK: "· Messages sent to you: {days} days",
        Key.HELD_CLERK_CHATS: "· Your chats with our staff: {days} days after their end",
        Key.HELD_LINKS: "· Requests for face check links: {days} days",
        Key.HELD_REMINDERS: "· Reminders: none after you stop them; the subscription for {days} days more",
        Key.HELD_CONSENTS: "· Records of consents and actions: kept for years",
        Key.ERASURE: "After the deletion this WeChat no longer knows you.\n"
        "Deleted: the registered face data, the chat, the connection between this WeChat and you, the people you "
        "help, reminders. Open links end, and no other WeChat can act for you.\n"
        "Kept: certifications and the records of actions. Your pension does not change.\n"
        "Later face checks need a new photo taken at the counter; a home visit is possible too. About the "
        "registered name and ID number, call 12333.\n"
        'If that is what you want, tap "Confirm deletion". To end only the use of your face: "Confirm withdrawal".',
        Key.ERASURE_UNKNOWN: "You have not passed a face check of your own here yet, so I do not know who you are.\n"
        "Deleted: the chat, what you typed, the people you help, reminders. Open links end, and face consents "
        "given here no longer count.\n"
        "Kept: certifications and the records of actions. Pensions do not change.\n"
        "For registered face data, name and ID number, go to the counter of {office} with your ID, or call 12333.\n"
        'If that is what you want, tap "Confirm deletion". To end only the use of your face: "Confirm withdrawal".',
        Key.ERASURE_OF_OTHER: 'The person has to do this: from their own WeChat, by replying "Delete my data". '
        "Without WeChat, go with them to {office} and take the ID.\n"
        'To delete your own, please reply just "Delete my data".',
        Key.ERASED: "{time}: your data has been deleted, and that is on record. The registered face data, the chat, the "
        "connections and reminders are gone, and open links have ended.\n"
        "Certifications stay on record and stay valid. What is left of single requests is deleted automatically in "
        "time. {office} is also told not to use your photo any more.\n"
        "You can come back at any time: the counter or a home visit takes a new photo.",
        Key.ERASED_UNKNOWN: "{time}: what this WeChat left here has been deleted, and that is on record. The chat, what you "
        "typed and reminders are gone, and open links have ended.\n"
        "For registered face data, go to the counter of {office} with your ID. Certifications stay on record and "
        "stay valid.",
        Key.HOW_TO_END_AGENCY: 'To stop others acting for you, reply "Remove my helpers" from your own '
        "WeChat. They can then no longer see your certification.",
        Key.WITHDRAWAL: "If you withdraw your consent, your face is no longer used here.\n"
        "Deleted: open face check links, and the face data on record (by the pension office).\n"
        "Kept: a passed check. It stays valid, and your pension does not change.\n"
        "The yearly check is then done at the counter or by a home visit. To have the name or ID number "
        "deleted, please call 12333.\n"
        'If that is what you want, tap "Confirm withdrawal".',
        Key.WITHDRAWAL_UNKNOWN: "You have not passed a face check of your own here yet, so I do not know "
        "who you are.\n"
        "Deleted: open face check links end at once. The face consents given from this WeChat no longer "
        "count, and you will be asked again next time.\n"
        "Kept: a passed check has to stay on record, by rule. It stays valid, and your pension does not "
        "change.\n"
        "To have the face data on record, the name or the ID number deleted, please take the ID to the "
        "counter of {office}.\n"
        'If that is what you want, tap "Confirm withdrawal".',
        Key.WITHDRAWAL_OF_OTHER: "Only the person can withdraw the consent to their face: from their own "
        'WeChat, by replying "Withdraw face consent". Without WeChat, they can call 12333 or take the '
        "ID to {office}.\n"
        'To withdraw your own, please reply just "Withdraw face consent".',
        Key.WITHDRAWN: "Your consent is withdrawn, and that is on record. Open face check links have "
        "ended. The staff of {office} have been asked to delete the face data on record; it takes a "
        "while.\n"
        "A passed check stays on record, by rule, and stays valid. Before any later face check you will be asked again, and once "
        "the data is deleted, a new photo is taken at the counter first. Without the face, the "
        "yearly check is done at the counter, by a home visit, or by calling 12333.",
        Key.WITHDRAWN_UNKNOWN: "The face consents given from this WeChat are withdrawn, and that is on "
        "record. Its open face check links have ended, and you will be asked again next time.\n"
        "You have not passed a face check of your own here yet, so I do not know who you are. To have the "
        "face data on record deleted, please take the ID to the counter of {office}. "
        "A passed check stays on record, by rule, and stays valid.",
    }
)
