"""English texts for the middle of an errand: something goes wrong, or is forgotten, done or put off."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.language.keys import Key

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.NUMBER_AGAIN: "That is all right. Please look at the ID and enter the number once more.",
        Key.NUMBER_LENGTH: "You entered {count} characters; the number has 18, all in one message. "
        "Please read it from the ID in groups of four and enter it once more.",
        Key.NUMBER_IS_TELEPHONE: "This looks like a telephone number, which is not needed here. "
        "Please look at the ID and enter its number.",
        Key.TWO_NUMBERS: "There are two different numbers here. Please look at the ID and send one only, "
        "for one person at a time.",
        Key.OLD_NUMBER: "That looks like the number of a document you no longer use. Please send the number of "
        "your present one. If your pension office still has the old number, send that number alone.",
        Key.OLD_NUMBER_NOT_TAKEN: "That looks like the number of a document you no longer use, so I did not "
        'take it. To change the number, please reply "Change".',
        Key.NUMBER_OF_ANOTHER: "I need the ID number of {name} here and did not take the one you just sent. "
        'If the name is wrong, please reply "Change".',
        Key.NUMBER_SHORT: "You entered {count} characters, and something seems to be missing. "
        "Please look at the ID and enter all letters and digits in one message.",
        Key.NUMBER_SHORT_OF_PASSPORT: "You entered {count} characters, and something seems to be missing. "
        "Please look at the ID and enter all letters and digits in one message. "
        "If the ID has no more, type the words it is, and then the number.",
        Key.NUMBER_LATER: "No number is needed here; I will ask for it later. "
        "Please enter the name first, as on the ID.",
        Key.UNSEND: "No need to recall a message. To correct what you entered, reply "
        '"Change"; to go one step back, reply "Back"; to stop, reply "Home".\n'
        'To withdraw your consent to the face check, reply "Withdraw face consent"; to delete what is kept '
        'here, reply "Delete my data".',
        Key.WHERE_TO_TAP: "You can tap any blue words, or reply with the number in front of them.",
        Key.FORGOT_NAME: "There is no hurry. The name is on the ID; on a Resident Identity Card it is the "
        "first line next to the photo. If the ID is not at hand, somebody in your family can look.",
        Key.FORGOT_NUMBER: "There is no hurry. The number is on the side or page of the ID that has the "
        "photo. If it is not at hand, somebody in your family can look, or call 12333.",
        Key.FORGOT_NUMBER_OF_ID: "There is no hurry. The number is the last line below the photo, "
        "18 characters; it is in the household book too. If neither is at hand, somebody in your family can "
        "look, or call 12333.",
        Key.FORGOT: "There is no hurry, take your time.",
        Key.CHOOSE_SCHEME_AGAIN: "All right, please choose again: which pension is it? Pensions of civil servants and public "
        "institutions are not certified here; for those, please call 12333.",
        Key.NOT_YET: "Not yet. This check of {name} is not on record. "
        "Once the face check has passed, the result and the receipt come here at once.",
        Key.NOT_YET_AT_LINK: "Not yet. The result for {name} has not come in.\n"
        'If the page says "Check passed", it is done, and the receipt comes here in a moment. If not, please '
        "tap the link above and go on. If the link is too old or does not open, tap "
        '"New link".',
        Key.CAPTURE_LINK_OLD: "The link above was sent a while ago and has most likely expired. "
        'Please tap "New link" for a new one; everything you entered is kept.',
        Key.NOT_YET_LINK_OLD: "The result for {name} has not come in yet, and the link above has most "
        'likely expired.\nPlease tap "New link" for a new one; everything you entered is kept.',
        Key.NOT_YET_FROM_FAMILY: "Not yet. The result for {name} will come here as soon as it is known.\n"
        "You could give them a ring: the link must be opened in their own WeChat. If it is too old or does "
        'not open, tap "New link" and forward that one.',
        Key.NOT_YET_AFTER_FAILURE: "Not yet. The last face check of {name} did not pass, so nothing is on "
        'record. There is no hurry: find a bright place and tap "Try again".',
        Key.LATER: "All right, there is no hurry. Come back at any time.",
        Key.LATER_KEPT: "All right, there is no hurry. What you entered is kept for {days} days: come back, "
        'reply "Continue", and we go on.',
        # ---- alongside a question, which is then asked again
        Key.NOT_UNDERSTOOD_AT_AGREEMENT: 'I did not understand. To go on, tap or reply "Agree and start"; '
        'for a person\'s help, reply "Talk to a person".',
        Key.NOT_UNDERSTOOD_AT_LINK: "I did not understand. If the page was closed, hangs or shows something "
        'strange, tap "New link" and open that one. If you cannot make the movements, reply "I cannot do this"; '
        'for a person\'s help, reply "Talk to a person".',
        Key.NOT_UNDERSTOOD_AFTER_FAILURE: "I did not understand. To do the check again, find a bright "
        'place and tap "Try again". If you cannot make the movements, reply "I cannot do this"; '
        'for a person\'s help, reply "Talk to a person".',
        Key.SMALL_PRINT: "To make the text larger: in WeChat, open Me, Settings, Care mode. The face page has "
        "large letters and also speaks. The microphone of the keyboard turns speech into text, and somebody "
        "in your family can fill this in for you. The counter of {office} counts just as much.",
        Key.LAST_PLACE: "The X at the end may be a capital or a small letter.",
        Key.WHY_DETAILS: "The name and the ID number are only used to find the pension record. They are kept "
        "encrypted and given to nobody; I never ask for bank cards or passwords. If you prefer, take the ID "
        "to the counter of {office}: it counts just as much.",
        Key.ENTERED_BEFORE: "I am sorry, what you entered before is not here. Please enter it again; "
        "after a face check of your own I will know it the next time.",
        Key.MASKED: "To protect you, the middle of the name and of the number is covered with *. "
        "Nothing is wrong.",
        Key.ALIVE: "I am glad to hear it, and wish you many good years. The yearly check tells the pension office "
        "just that, so that the pension keeps coming.",
        Key.OWN_FACE: "Only the person's own face counts; nobody else can do it. Give them the phone, or forward the "
        "link for them to open in their own WeChat.",
        Key.DISAGREED: "The agreement says what is done with your details, and what is not; to do the check here, "
        "you need to agree first. It is all right not to agree: the counter of {office} or a home visit counts just as much, "
        "and the pension does not change.",
        Key.SORRY: "I am sorry for the trouble. There is no hurry, one step at a time. For a person's help, "
        'reply "Talk to a person", or call 12333.',
        Key.ONE_BY_ONE: "All right, one after the other: this one first, and then tell me who is next.",
        Key.ONE_FIRST: "Everybody can be certified, one after the other: one person first, "
        "and then tell me who is next.",
        Key.SELF_FIRST: "Both can be certified, one after the other: yourself first, "
        "and then tell me to go on with {relation}.",
        Key.NOW_FOR: "All right, this is now for {relation}.",
        Key.NOW_FOR_SELF: "All right, this is now for you.",
        Key.HOW_TO_FORWARD: "Please press and hold the link above and forward it to your relative, who opens "
        "it for the face check. Nobody else can pass it. If it is too old or did not arrive, tap "
        '"New link" and forward that one.',
        Key.HELP_HERE: "There is no hurry, one step at a time: only the one below has to be done now. "
        'Somebody in your family can help, or reply "Talk to a person".',
    }
)
