"""Patterns of what people want, as data; `reading.intents` applies them.

A pattern is matched against a text without spaces, in simplified characters and small letters, with
punctuation as commas. `<kin>` stands for any word of `lexicon.kin`; other names in angle brackets stand for
`intents.fragments`. The first row that fits gives the intent, so rows that say more stand above rows that say
less. `unless` rules a row out. A name fits no row: single words that could be a name (安康, 程好, 郑成功,
蔡英文) match only as a whole message or with the words around them.
"""

from dialogs.reading.lexicon.intents.at_the_question import AT_THE_QUESTION, OWN_FACE, SMALL_PRINT
from dialogs.reading.lexicon.intents.courtesies import COURTESIES
from dialogs.reading.lexicon.intents.death import DEATH, MISSING
from dialogs.reading.lexicon.intents.errands import ERRANDS
from dialogs.reading.lexicon.intents.grief import DISTRESS, SURVIVOR
from dialogs.reading.lexicon.intents.inability import CANNOT
from dialogs.reading.lexicon.intents.mid_errand import MID_ERRAND
from dialogs.reading.lexicon.intents.misuse import MISUSED
from dialogs.reading.lexicon.intents.navigation import EDIT, HELP, LANGUAGES, MEANING, NAVIGATION
from dialogs.reading.lexicon.intents.own_data import OWN_DATA
from dialogs.reading.lexicon.intents.questions import FRAUD, QUESTIONS
from dialogs.reading.lexicon.intents.reminder_switches import REMINDERS
from dialogs.reading.lexicon.intents.row import Rule
from dialogs.reading.lexicon.intents.standing import STANDING

RULES: tuple[Rule, ...] = (
    DISTRESS,
    SURVIVOR,
    *DEATH,
    MISSING,
    MISUSED,
    FRAUD,
    SMALL_PRINT,
    OWN_FACE,
    CANNOT,
    *OWN_DATA,
    *REMINDERS,
    *NAVIGATION,
    *STANDING,
    *QUESTIONS,
    MEANING,
    *MID_ERRAND,
    *AT_THE_QUESTION,
    EDIT,
    *ERRANDS,
    *LANGUAGES,
    HELP,
    *COURTESIES,
)
