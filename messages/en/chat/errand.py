"""English sentences of an errand, from the welcome to its result, and for what is not understood.

Words that a person is asked to reply stand in double quotes and are choices of `messages.en.labels`, letter
for letter.
"""

from collections.abc import Mapping
from types import MappingProxyType

from messages.language.keys import Key

_OFFICE = "Please contact {office} to go through the details."
OTHER_ROUTES = (
    "If a face check is hard for you, you can go to {office}, book a home visit, or call 12333 instead."
)
_NO_MOVES = (
    "In bed, unable to turn the head, or cannot see or hear well? "
    'Reply "I cannot do this". There is another way.'
)
_BRIGHT = "Find a bright place, face the phone, and take off any mask or hat."
_BESIDE_YOU = (
    'If they are with you, tap "Ready". If not, tap "Send to family" and pass the link to their WeChat.'
)
_PASSED = (
    "Check passed.\n{name}, {scheme}, {time}\n"
    'Receipt {receipt} (<a href="{base}/r/{receipt}">see the receipt</a>)\n'
    "Next time, please do it by {due}."
)
_NOT_MATCHED = "Check not passed. Reason: the face did not match the record.\n"
_CHOOSE = "Please tap one of the choices below, or reply with its number."
_CHINESE = 'For Chinese, reply "中文".'  # in its own characters, for people who read no English
_ENOUGH_FOR_TODAY = (
    "The face check was tried several times today. Please rest; it can be tried again tomorrow.\n"
    "Another way counts just as much: go to {office}, book a home visit, or call 12333. "
    "The staff have been told. Your pension does not change because of today."
)

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.WELCOME: "Hello. This is the yearly pension check. "
        "Once a year you show your face, and your pension continues as usual.\n"
        'Please choose the pension you receive. If you would like help, reply "Talk to a person". '
        f"{_CHINESE}",
        Key.AGREEMENT: "You chose the {scheme}. Before we start, please read the "
        '<a href="{agreement}">User Service Agreement</a> and the <a href="{privacy}">Privacy Policy</a>. '
        "What you tell us is used for this check only. Face photos are deleted right after the check.",
        Key.GUIDE: "There are four steps, about two minutes. ① Enter the name and ID ② Look them over "
        '③ Face check ④ You see "Check passed". '
        "Please have the ID at hand and find a bright place.\n" + OTHER_ROUTES,
        Key.MANNER: "Who is this for?",
        Key.AGENT_NAME: "First, a few words about you, the helper. We ask this only once. "
        "Please enter your own name, as on your ID.",
        Key.AGENT_ID_TYPE: "Thank you, {name}. Please choose your own (the helper's) kind of ID:",
        Key.AGENT_NUMBER: "Please enter your own (the helper's) ID number.",
        Key.NAME: "Please enter your name, as on your ID.",
        Key.NAME_AFTER_AGENT: "Noted for you: {agent}, ID number {number}. If that is wrong, tap "
        '"Change my details".\nPlease enter the name of the beneficiary, as on their ID.',
        Key.NAME_OF_OTHER: "Please enter the name of the person who receives the pension, as on their ID.",
        Key.ID_TYPE: "Thank you, {name}. Please choose the kind of ID:",
        Key.NUMBER: "Please enter the number on the {id_type}.",
        Key.NUMBER_18: "Please enter the number on the {id_type} (18 characters; the last may be an X).",
        Key.READ_BACK: "Is this right? Name {name}, {id_type} {number}, {scheme}.",
        Key.READ_BACK_BY_AGENT: "Is this right? Name {name}, {id_type} {number}, {scheme}.\n"
        "You, the helper, are {agent}, ID number {agent_number}. "
        'If that is wrong, reply "Change my details".',
        Key.CHECKING: "Looking this up. One moment please, the answer will come here.",
        Key.LINES: "{lines}",
        Key.NAME_UPDATED: "The name in the register has changed. It is updated here too ({name}); you do not need to type it again.",
        Key.NUMBER_RAISED: "That is an old 15-digit number. It is shown here with 18 digits, as numbers are written today.",
        Key.NOTICE: "Your details are confirmed. Next is your face check. "
        f"{_BRIGHT}\n{_NO_MOVES}\n{OTHER_ROUTES}",
        Key.NOTICE_FOR_OTHER: "The details are confirmed. Next is the face check of the person who receives "
        f"the pension ({{name}}). {_BESIDE_YOU} {_BRIGHT}\n{_NO_MOVES}\n{OTHER_ROUTES}",
        Key.NOTICE_FOR_RELATIVE: "The details are confirmed. Next is the face check of {relation} ({name}). "
        f"{_BESIDE_YOU} {_BRIGHT}\n{_NO_MOVES}\n{OTHER_ROUTES}",
        Key.NOTICE_SETTLED: "{name} has already passed this year; there is nothing to do. "
        "Next time, please do it by {due}.\n"
        f"You may do it again if you like; {{name}} has to do it in person. {_BRIGHT}\n{_NO_MOVES}\n{OTHER_ROUTES}",
        Key.LINK: '<a href="{capture}">Tap here to start the face check</a> '
        "(the link works once, within 10 minutes)",
        Key.PASSED: _PASSED,
        Key.PASSED_IN_REHEARSAL: "Check passed (a rehearsal: a photo moved, no face was checked).\n"
        "{name}, {scheme}, {time}\nReceipt {receipt} "
        '(<a href="{base}/r/{receipt}">see the receipt</a>)\nNext time, please do it by {due}.',
        Key.NO_RECORD: "No check was found.\n"
        "Often this means: no monthly {scheme} is paid to this person, or there is no check on record yet.\n"
        "If you have questions, please call 12333.",
        Key.NOT_FOUND: "No check was found.\n"
        "Often this means: the name or the ID is not as on record, no monthly {scheme} is paid to this person, or "
        "there is no check or face photo on record yet.\n"
        'If something was mistyped, tap "Change". If you have questions, call 12333 or contact {office}.',
        Key.FAILED_MISMATCH: _NOT_MATCHED
        + "It may have been too dark, too far away or out of the picture, the movements may not have been "
        "seen, or a face photo may be missing from the record. Please find a bright place and try again.\n"
        + OTHER_ROUTES,
        Key.FAILED_THREE: _NOT_MATCHED
        + "There is no hurry. Another way counts just as much: go to {office}, book a home visit, "
        "or call 12333. Your pension does not change because of today.",
        Key.FAILED_LAST: _NOT_MATCHED + _ENOUGH_FOR_TODAY,
        Key.FAILED_TOO_OFTEN: _ENOUGH_FOR_TODAY,
        Key.CAPTURE_WAITING: "Please tap the link above for the face check. The result will come here. "
        'If the link is too old or does not open, tap "New link".',
        Key.MISMATCH: "These details do not match the pension record. "
        "Please look them over and enter them again.\n"
        "Often a digit of the number is different, or the ID is not the one on record. "
        "If it still does not match: " + _OFFICE,
        Key.ABNORMAL: "The office that pays this pension needs to look at the record.\n"
        "Most often this means that the pension has ended, or that it is on hold and, by the city's rules, "
        "has to be restarted at a counter. " + _OFFICE,
        Key.COUNTER: "Please do not worry: the pension of {name} is only on hold, it is not lost.\n"
        "The office that pays it needs to look at the record: by the city's rules, a pension on hold is "
        "restarted at a counter; a face check cannot do that. Please take the ID to {office}: the check "
        "and the restart are done there in one go. If going out is hard, ask them for a home visit.",
        Key.NO_REFERENCE: "There is no face photo of {name} on record yet, so a face check cannot be done "
        "now. This does not count as failed.\nPlease take the ID to {office} to have a photo taken "
        "(call 12333 for the nearest place), or book a home visit.",
        Key.BUSY: "The system is busy. Please try again later. "
        "Everything you entered is kept, and you can go on from here. If it is urgent, call 12333.",
        Key.LIMIT_REACHED: "One account can have at most {most} {what} in an hour, and this hour's are used up. "
        "Please come back after {time}. What you entered is kept. If it is urgent, call 12333.",
        Key.WRONG_NAME: "I could not read this name. Please send only the name, as on the ID.",
        Key.NAME_OF_RELATIVE: "All right, it is a member of your family. I still need the name itself, "
        "as on the ID.",
        Key.NAME_NOT_RELATIVE: "This is about you: please enter your own name, as on your ID. "
        'For somebody in your family, reply "Back", then tap "For someone else".',
        Key.NUMBER_NOT_RELATIVE: "This is about you, so the number of your relative was not taken. Please enter your "
        'own. For somebody in your family, reply "Home", choose the scheme again, then tap "For someone else".',
        Key.AGENT_NOT_RELATIVE: "The details of your relative are asked for later; here, please enter your own.",
        Key.DETAILS_NOT_RELATIVE: "This is about you, so the details of your relative were not taken. "
        'For them, reply "Home", choose the scheme again, then tap "For someone else".',
        Key.DETAILS_NOT_OWN: "This is about {name}, so your own details were not taken. "
        'If the name of {name} is wrong, tap "Change".',
        Key.NAME_IN_FULL: "Please send the full name on the ID, for example Li Jianguo. "
        "If the ID has only the family name, please call 12333.",
        Key.ONE_NAME: "One person at a time, please. Send the name of one of them, as on the ID; the other one can "
        "follow afterwards.",
        Key.NAME_IS_PLACE: "This looks like a place. Please send the name, as on the ID, for example Li Xiuying. "
        "If it is the name, put the words My name is before it.",
        Key.ID_TYPE_OF_PLACE: 'Thank you, {name}. This is also a place; if it is not the name, tap "Back". '
        "Please choose the kind of ID:",
        Key.AGENT_ID_TYPE_OF_PLACE: "Thank you, {name}. This is also a place; if it is not the name, "
        'tap "Back". Please choose your own (the helper\'s) kind of ID:',
        Key.WRONG_ID_TYPE: "Please choose a kind of ID below. Tap it, or reply with its number. "
        'It is the one on the pension record, for most people the first: "Resident Identity Card".',
        Key.WRONG_NUMBER: "This ID number does not look quite right yet. "
        "Please look at the ID and enter the number again.",
        Key.HELP: "Here you can do two things: the yearly pension check, and see whether it is done.\n"
        'At any time you can reply "Back", "Home" or "Talk to a person", and also "Remind me", '
        '"Remove my helpers" or "Withdraw face consent". '
        f"{_CHINESE} {OTHER_ROUTES}",
        Key.HUMAN: "To talk to a person, please call 12333 or contact {office}. "
        "Everything you entered is kept, and you can go on at any time.",
        Key.NOT_UNDERSTOOD: f"I did not understand. {_CHOOSE} {_CHINESE}",
        Key.NOT_UNDERSTOOD_THRICE: "I still do not understand. Would you like a person to help? "
        'Reply "Talk to a person", or call 12333, or tap one of the choices below.',
        Key.VOICE: "I cannot understand voice messages yet. " + _CHOOSE,
        Key.HEARD: "I heard: {words}\n{answer}",
        Key.PICTURE: "Pictures and videos are not needed here: I cannot read them, and I do not keep them. "
        "Please type the ID number, and use the link that I send for the face check.",
        Key.LOCATION: 'I cannot understand locations yet. To choose a city, reply "Change city". '
        "For the counter, please contact {office}.",
        Key.SHARED_LINK: "I do not open links, and please do not open strangers' links either. " + _CHOOSE,
        Key.SHARED_FILE: "Files are not needed here: I cannot open them, and I do not keep them. " + _CHOOSE,
        Key.ALSO_KEPT: "I will keep the {what} for later; you do not need to type it again. ",
        Key.DONE: "This is done. If you need anything else: " + _CHOOSE,
        Key.WELCOME_BACK: "You did not finish last time. Everything you entered is kept: "
        'tap "Continue" to go on.\n'
        "Or choose the pension you receive and start over. "
        'If you would like help, reply "Talk to a person".',
        Key.WHICH_SCHEME: "All right, this is for you. Please choose the pension you receive:",
        Key.WHICH_SCHEME_FOR: "All right, this is for {relation}. {kept}"
        "Please choose the pension they receive:",
        Key.WHICH_SCHEME_TO_QUERY: "All right. To see a record, please choose the pension first, "
        'then tap "See my record".',
        Key.RELATIVE: "Which member of your family is this for? Choose one, or enter the beneficiary's name.",
        Key.RELATIVE_OF_MANY: "Which member of your family is this for? There are {count}. Choose one, or "
        "search by a name or the last four characters of the ID number. For somebody new, enter the name.",
        Key.RELATIVES_FOUND: 'Found: {count}. Please choose one. If it is somebody else, choose "Another relative".',
        Key.READ_BACK_OF_DEAD: "Is this right? {name}, {id_type} {number}. "
        "Once you confirm, the reminders are paused and the pension office looks into it.",
        Key.LINK_FOR_FAMILY: "Please press and hold the link below and forward it on WeChat. "
        "{name} opens it and does the face check (the link works once, within 30 minutes). "
        "The result will come here.\n{capture}",
        Key.PASSED_FOR_OTHER: _PASSED + "{family}",
        Key.PASSED_SUSPENDED: _PASSED + "\nThe pension was on hold until now. This check is on record, "
        "and payment is started again by {office}.",
        Key.CITY: "Which city pays your pension? Tap one, or type its name or first letters, "
        'such as "Guangzhou" or "gz".',
        Key.MORE_CITIES: "Here are the other cities. Tap one, or type its name:",
        Key.CITY_SET: "All right, your city is {city}. If you need help, contact {office}. "
        "On the record, the city stays the one that pays your pension.",
        Key.WRONG_CITY: 'I do not know this city. Please tap one, or type its name, such as "Guangzhou". If it is '
        'not on the list, reply "Home" and go on: the city in the pension records counts.',
        Key.UNLISTED_PLACE: "This place is not on my list of cities. That is no problem: choose your pension and go "
        "on, the city in the pension records counts. If it is not found, please call 12333.",
        Key.WRONG_RELATIVE: "This relative was not found. Choose a person below, reply with the number, or enter a name.",
        Key.CANNOT: "That is all right. Your pension does not depend on these movements. "
        "You can ask {office} to visit you at home. Or the staff can look into it "
        "and offer you a way without movements. Please call 12333, or have your family call.",
        Key.HELP_ASKED: "That is all right. Nobody loses their pension because of these movements. "
        "{name} is now on the list of {office}. The staff will look into it, and can offer a way without "
        "movements, or a home visit. If it is urgent, ring that number, or 12333.",
        Key.DETAILS_LATER: "Thank you. I will keep the {what} for later; you do not need to type it again. "
        "It is used only once you have agreed. Please choose below first:",
        Key.DETAILS_KEPT: "Thank you. I will keep the {what} for later; you do not need to type it again. "
        "Please go on with one of the choices below:",
    }
)
