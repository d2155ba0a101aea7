"""English texts about reminders, how to get or end them, and a death, which ends them."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.language.keys import Key

_NO_MORE = 'To stop them, reply "Stop reminders".'
_DEAD = "I will stop the reminders and let the pension office know."

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.SUBSCRIBED: "All right, I will remind you before the check is due. " + _NO_MORE,
        Key.UNSUBSCRIBED: 'All right, no more reminders. To have them back, reply "Remind me".',
        Key.SUBSCRIBE_LATER: "After your first passed check I will know which day to remind you of. "
        'Please do the check first, then reply "Remind me".',
        Key.REMINDERS_ON: "Your reminders are on. " + _NO_MORE,
        Key.REMINDERS_OFF: 'Your reminders are not on yet. To have them, reply "Remind me".',
        Key.REMINDERS_NONE: "There are no reminders yet. Please keep in mind when your next check is due.",
        Key.REMINDER_REFUSED: "The reminder for {name} could not reach you: WeChat says that messages of this "
        "account are switched off, so I have stopped it. To have it back, please switch them on at the top "
        'right, then reply "Remind me".',
        Key.HOW_TO_SUBSCRIBE: 'To be reminded, reply "Remind me". It works once a check has passed here.',
        Key.HOW_TO_UNSUBSCRIBE: 'To stop the reminders, reply "Stop reminders". To have them back, reply '
        '"Remind me".',
        Key.WHAT_STOPPED: "Do you want no more reminders, or has the pension stopped?\n"
        'No more reminders: tap "Stop reminders".\n'
        'The pension has stopped: first see whether the check is overdue, reply "When is it due". If it is not, '
        "please call 12333, or contact {office}.",
        Key.BENEFIT_OVER: "{name}, {scheme}: the office that pays this pension needs to look at the record.\n"
        "Most often this means that the pension is on record as ended. So there is no due date now, and no reminder "
        "will come. If the record is wrong and the person is well, please take the ID to {office}, or call 12333; "
        "once it is put right, everything goes on as before.",
        Key.REMINDERS_PAUSED: "Somebody told us that you have died. Your reminders are paused, and the "
        "pension office will look into it. If you are well, please forgive the trouble and reply "
        '"Remind me": the reminders continue at once. For questions, call 12333.',
        Key.REMINDERS_PAUSED_OF_OTHER: "Somebody told us that {name} has died. The reminders for this "
        "person are paused, and the pension office will look into it. If {name} is well, please reply "
        '"Remind me": the reminders continue at once. For questions, call 12333.',
        Key.WHO_DIED: f"I am sorry for your loss. Please choose who it is, or enter the name. {_DEAD}",
        Key.NAME_OF_DEAD: "I am sorry for your loss. Please enter the name of the family member who died, "
        f"as on their ID. {_DEAD} If you do not know the ID number, you can also call 12333.",
        Key.ID_TYPE_OF_DEAD: "Please choose the kind of ID of {name} (if you do not know the number, you can also "
        "call 12333):",
        Key.CONDOLENCE: f"I am sorry for your loss. {_DEAD}",
        Key.DEATH_REPORTED: "This is noted. The reminders for {name} are paused, and the pension office "
        "will look into it. For everything else, contact {office}. Please take care of yourself.",
        Key.PAY_AFTER_DEATH: "The pension is usually paid for the month of death and ends with the next month; "
        "what is paid after that has to be returned. The rules differ from place to place, and the family can "
        "apply for a funeral grant: please call 12333 or ask {office}. Please take care of yourself.",
        Key.REPORTS_HELD: "I am sorry for your loss. Three reports have come from this WeChat within a "
        "day. To avoid mistakes, please call 12333 or contact {office} to report another one, and the "
        "staff will note it.",
        Key.NOTHING_TO_DO: "You have been certified {year}by {source}. There is nothing for you to do.\n"
        "{scheme}, certified on {day}. Please certify next before {due}.",
        Key.NOTHING_TO_DO_OF_OTHER: "For your information: {name} has been certified {year}by {source}. "
        "There is nothing to do.\n{scheme}, certified on {day}. Please certify next before {due}.",
    }
)
