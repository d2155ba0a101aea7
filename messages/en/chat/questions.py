"""English answers to what people ask or mention in passing."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.en.chat.errand import OTHER_ROUTES
from messages.language.keys import Key

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.THANKS: "You are welcome. I am here whenever you need me.",
        Key.UNPAID: 'If the pension has not come, first see whether the check is overdue: reply "When '
        'is it due". If it is, do the check once, and the pension office starts the payment again. '
        "If it is not, please call 12333, or ask {office} to look into it.",
        Key.NOT_OURS: "I cannot help with that: I only do the yearly pension check and show its "
        "result. About amounts, payment dates, health insurance and cards, please call 12333, or ask "
        "{office}.",
        Key.SAFE: "The check is free. I only ask for the name and the ID, never for a bank card, a "
        "password or a code, and never for a transfer; anyone who does is a swindler.\n"
        "Do not open links in text messages; the check is done here, in this account. If in doubt, call "
        "12333. If money has been sent already, call 110 at once.",
        Key.LEGAL_TEXTS: 'Tap to read them: <a href="{agreement}">User Service Agreement</a> and '
        '<a href="{privacy}">Privacy Policy</a>.',
        Key.MISUSED: "Do not worry, but let a clerk look into it: please call 12333, or ask {office}, and tell them "
        "whose check it is and how you found out. A check that somebody else did in this name can be cancelled.\n"
        "Nothing was certified or changed by what you just wrote. If the ID card is lost, please report it to "
        "the police first.",
        Key.DISTRESS: "I am sorry that it is so hard for you. You do not have to bear it alone: please call 12356, the "
        "national psychological aid line, where somebody will listen. Please also ask your family or a "
        "neighbour to be with you. In danger, call 120 or 110 at once.\n"
        "The yearly check can wait until you feel better.",
        Key.MISSING_PERSON: "Finding them comes first: please call the police at 110 now. The certification can wait until "
        "they are back; about the pension, call 12333 or ask {office}. I hope they are home soon.",
        Key.SURVIVOR: "I am sorry for your loss. The surviving person is checked as before, in person: for yourself "
        'tap "For myself", for somebody in your family "For someone else".\n'
        'The person who died needs no check: reply "Report a death", and I stop the reminders and tell the '
        "pension office.",
        Key.WHICH_PENSION: "Those who worked for a company, or paid the employees' insurance themselves, and "
        'retired have the "Employee pension". Those without an employer who joined in a village or neighbourhood, '
        'and are paid from sixty on, have the "Resident pension". Civil servants are not certified here.\n'
        "A wrong choice does no harm: if nothing is found, choose the other. If in doubt, call 12333 or ask {office}.",
        Key.WHY: "The yearly check makes sure that the pension goes to the right person. It is usually "
        "due by the end of the month twelve months after the last one. If it is missed, the pension "
        "is put on hold; after a late check the pension office starts it again.",
        Key.DOCUMENTS_NEEDED: "Only the ID is needed, the same one as on the pension record: Resident Identity "
        "Card, Mainland Travel Permit (Hong Kong, Macao), Mainland Travel Permit (Taiwan), Residence "
        "Permit (Hong Kong, Macao, Taiwan), Foreign Permanent Resident ID Card or Passport. Then the "
        "beneficiary does the face check, about two minutes in all.",
        Key.ANSWER: "{before}{office}{after}",
        Key.ANSWER_AND_ASK: "{before}{office}{after}\n{question}",
        Key.ELSEWHERE: "It works from anywhere, with the beneficiary's own face. Without a smartphone, "
        "a relative's phone will do, for several people too: "
        'tap "For someone else". If you are not together, tap "Send to family" and pass the link on.\n'
        + OTHER_ROUTES,
    }
)
