"""English phrases and their intents; data for `dialogs.reading.intents`.

Patterns are matched against small letters, single spaces, commas for punctuation and no apostrophes (cant,
im). They are bounded by spaces: Costa asks no price. The first row that fits gives the wish.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dialogs.reading.lexicon.english.words import AUXILIARIES, LIFELESS, NEAR
from dialogs.reading.lexicon.intents.at_the_question import (
    ALIVE_AND_WELL,
    ENGLISH_AT_THE_QUESTION,
    ENGLISH_SMALL_PRINT,
)
from dialogs.reading.lexicon.intents.death import ENGLISH_MISSING
from dialogs.reading.lexicon.intents.grief import ENGLISH_DISTRESS, ENGLISH_SURVIVOR
from dialogs.reading.lexicon.intents.mid_errand import ENGLISH_MID_ERRAND
from dialogs.reading.lexicon.intents.misuse import ENGLISH_MISUSED
from dialogs.reading.lexicon.intents.row import Rule

_NOT = "(?:dont|do not|never|please not|didnt want you to)"
_REMINDERS = "(?:more |the |these |those |your |my |any |a |single )*(?:reminders?|messages?|notifications?)"
_SOMEBODY = rf"(?!(?:{LIFELESS}|{AUXILIARIES})\b)[a-z]+(?: (?:{AUXILIARIES}))*"
_NO_CHECK = (
    "(?:dont|do not|never) (?:want|wish|need|like|intend) (?:to )?(?:be )?certif(?:y|ied|ication)|"
    "cancel .*certif.*"
)

ENGLISH_RULES: tuple[Rule, ...] = (
    ENGLISH_DISTRESS,
    ENGLISH_SURVIVOR,
    Rule(
        "death",
        (
            f"{_SOMEBODY} (?:passed away|died)|{_SOMEBODY} (?:is|was|are)(?: (?:{AUXILIARIES}))* dead|"
            f"^(?:passed away|died)|deceased|lost {NEAR}|"
            f"{NEAR}(?: (?:{AUXILIARIES}))* passed(?: (?:on|in|last|this|yesterday|today|a|two|three|some)|$)"
        ),
        (
            "not dead|(?:has not|hasnt|not|nearly|almost|would have|could have|i) died|"
            r"^(?:has|have|had|did|is|was) (?:my|our|he|she|they) (?:\w+ )?passed(?! away)"
        ),
    ),
    ENGLISH_MISSING,
    ENGLISH_MISUSED,
    Rule(
        "safe",
        (
            "scams?|scammers?|frauds?|fraudulent|phishing|fake|cheat(?:ed|ing|s)?|con artists?|tricks?|hoax|"
            "(?:is|are|was) (?:this|it|that|you|they) (?:[a-z]+ ){0,3}"
            "(?:real|genuine|true|legit|legitimate|trustworthy|official)|"
            "(?:can|should) i (?:trust|believe)"
        ),
    ),
    ENGLISH_SMALL_PRINT,
    Rule(
        "cannot",
        (
            "(?:cant|cannot|can not|unable to|not able to|hard to) (?:turn|move|nod|hold still|see|"
            "hear|stand|get up|walk"
            "|do (?:this|that|the movements?))|blind|deaf|bedridden|in (?:a |the )?(?:hospital|bed|"
            "wheelchair)|"
            "wheelchair|paraly[sz]ed|had a stroke|dementia"
        ),
        (
            "see the (?:link|button|page|text|message)|"
            r"(?:not|isnt|arent|aint|never) (?:\w+ ){0,2}(?:blind|deaf|bedridden|paraly[sz]ed)"
        ),
    ),
    Rule(
        "held",
        (
            "what (?:personal )?(?:data|information|details)? ?(?:do|have) you "
            "(?:hold|keep|kept|store|stored|have|got|know) ?(?:about|on|of)? (?:me|my \\w+)"
        ),
    ),
    Rule(
        "erase",
        (
            "(?:delete|erase|remove) (?:all )?(?:of )?my (?:personal )?"
            "(?:data|information|records?|details)|forget me"
        ),
    ),
    Rule("withdraw", "(?:withdraw|revoke|take back) .*consent|delete (?:my )?(?:face|photo)s?"),
    Rule("end_agency", "(?:remove|end|stop|cancel) (?:my |the )?(?:helpers?|agents?)"),
    Rule(
        "reminders",
        (
            f"(?:{_NOT}|didnt|did not) (?:want (?:you )?(?:to )?)?"
            f"(?:stop|cancel|end) (?:sending )?(?:me )?{_REMINDERS}|"
            f"(?:{_NOT}|didnt|did not) (?:want to )?unsubscribe|"
            "(?:(?:did|do|does|have|has) (?:you|it|they|this)|why|who) "
            f".*(?:remind|reminded|stop(?:ped)? {_REMINDERS})|"
            "will (?:you |it |they )?(?:still |ever |also )?remind (?:me|us)|"
            f"(?:will|do|can) i (?:still |ever )?(?:be reminded|(?:get|have|receive) {_REMINDERS})|"
            "(?:are|is) (?:my |the |there )*(?:any )?reminders?(?: still)?(?: on| active| set|$)|"
            "am i (?:still |already )?(?:un)?subscribed|"
            "(?:did|have|had|when did) i (?:already )?unsubscribed?"
        ),
        "forget to|please stop",
    ),
    Rule("subscribe", f"{_NOT} forget to remind me"),
    Rule(
        "unsubscribe",
        (
            f"(?:stop|cancel|end) (?:sending )?(?:me )?{_REMINDERS}|stop (?:sending|reminding)|"
            f"(?:^|^please |thanks |thank you |want |want to get )no {_REMINDERS}(?:$| (?:please|thanks?))|"
            f"{_NOT} (?:ever |want to |want you to |need to )?(?:remind|notify|message) (?:me|us)|"
            f"{_NOT} send (?:me |us )?{_REMINDERS}|"
            f"(?:{_NOT}|no longer) (?:want|need|like)(?: to)?(?: be| get| have| receive| see)? "
            f"(?:{_REMINDERS}|reminded)|unsubscribe|(?:turn|switch) off {_REMINDERS}|"
            f"{_REMINDERS} (?:to stop|to end|off)"
        ),
        "why|how come|you (?:dont|do not|never|didnt|did not)",
    ),
    Rule(
        "reminders",
        (
            f"(?:no|without) {_REMINDERS}|never remind(?:ed)?|"
            r"(?:didnt|did not|wasnt|was not|werent|were not|not|dont|do not) (?:\w+ )?remind(?:ed)?|"
            "(?:didnt|did not|never|not|dont|do not) "
            f"(?:get|got|receive|received|have|had|see|send) {_REMINDERS}"
        ),
    ),
    Rule("subscribe", "remind me|(?:send|set|turn on|want) (?:me )?(?:a |the |my )?reminders?"),
    Rule("city", "(?:change|choose|select|switch|wrong) (?:my |the )?city"),
    Rule(
        "human",
        (
            "(?:talk|speak|chat) (?:to|with) (?:a |an |some)?(?:real |live )?(?:human|person|one|"
            "body|staff|agent|operator)|"
            "human(?: please)?|real person|operator|customer service|not dead|still alive|"
            "i(?:m| am) (?:marked as |registered as )?dead|call (?:me|"
            "someone|you)|phone number|"
            "(?:is )?anyone there|complain|where is (?:your|the) (?:nearest )?office|opening hours|"
            "help from a person|"
            "where (?:do|can|should) i go|home visit|come to my (?:home|house)|visit me"
        ),
        ALIVE_AND_WELL,
    ),
    Rule(
        "unpaid",
        "(?:pension|money|payment)s? (?:did|has|have|is|was|does)?(?: ?nt| not|nt)? ?(?:arrived?|"
        "come|came|paid|stopped|missing|late)|"
        "where is my (?:money|pension|payment)|when (?:will|do) i (?:get|receive|be) (?:my |"
        "the )?(?:money|pension|paid)|not been paid|stopped paying|no pension",
    ),
    Rule(
        "not_ours",
        "how much (?:is|will|do i get).*(?:pension|money)|medical insurance|health insurance|"
        "social security card",
    ),
    Rule(
        "safe",
        "(?:is|are) (?:this|it|you) (?:safe|free)|costs?|fees?|how much|(?:is it|for) free|charge",
    ),
    Rule(
        "why",
        "why (?:do|must|should)|what (?:if|happens if) i (?:dont|do not|forget|forgot|miss|missed)|"
        "i forgot to",
        r"\b(?:name|number|id|agree)\b",
    ),
    Rule(
        "documents_needed",
        "what (?:do i|documents?|papers?|id) ?(?:need|bring|required)?|which (?:documents?|papers?|"
        "id)|(?:lost|forgot|without) (?:my )?(?:id|passport)",
        "what do i (?:do|tap|press|click)",
    ),
    Rule(
        "elsewhere",
        (
            "abroad|overseas|in (?:canada|the us|the usa|america|australia|england|hong kong|macau|"
            "taiwan)|another (?:city|country)|(?:not in|outside|out of) china|"
            "(?:without|no|dont have|do not have) (?:a |any )?(?:smart ?)?phone|in person"
        ),
    ),
    Rule("documents_needed", "how (?:long|much time|many minutes) (?:does|will|would|do|is|should) .*takes?"),
    *ENGLISH_MID_ERRAND,
    *ENGLISH_AT_THE_QUESTION,
    Rule("restart", "start (?:over|again|anew)|begin again|restart"),
    Rule("continue", "(?:continue|go on|resume|carry on)"),
    Rule(
        "counted",
        (
            "did (?:it|that) (?:work|count)|(?:go|went|gone) through|does (?:it|this|that) count|is (?:it|"
            "that) (?:done|recorded)|"
            "(?:am|is|are|was|has|have|did) .*(?:certified|certify|passed|done)(?: .*)?|receipt"
        ),
        "want to certify|how",
    ),
    Rule(
        "due",
        (
            "when (?:is|are|was|do|does|must|should|will) .*(?:due|certify|check|do (?:this|it|that)|"
            "expire)|"
            "due date|is it due|deadline|expires?|how (?:long|many days|often)|days left|"
            "next (?:check|time|year)"
        ),
    ),
    Rule(
        "edit",
        (
            "(?:change|correct|fix|edit) (?:my |the )?(?:name|number|id|details)|"
            "wrong (?:name|number|id|details)|typo|made a mistake|"
            "(?:name|number|id|details) (?:is|are|was|were) (?:wrong|incorrect|not (?:right|correct)|misspel)"
        ),
    ),
    Rule(
        "query",
        ("(?:check|see|show|look up|find) (?:me )?(?:.* )?(?:records?|results?|status|certification)"),
    ),
    Rule(
        "certify",
        (
            "certif(?:y|ication|icate)|face check|yearly (?:pension )?check|pension check|prove .*alive|"
            "proof of life|life certificate|do (?:this|it) for (?:my|him|her)|on behalf of"
        ),
        _NO_CHECK,
    ),
    Rule("later", _NO_CHECK),
    Rule(
        "help",
        (
            "help|how (?:does|do|to|can|should)|what (?:can|do|should|shall) (?:i|you|we)(?: do)?|"
            "(?:dont|do not) (?:understand|know)|who are you|(?:not|doesnt|does not) work(?:ing)?|"
            "failed|stuck|what is (?:this|that|it)|"
            "(?:link|page|camera|face|photo) .*(?:not|doesnt|wont|cannot|cant)"
        ),
    ),
    Rule("later", "^(?:not now|later|tomorrow|one moment|wait|hold on|i am busy|im busy)$"),
    Rule("greeting", "(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|are you there)(?: there)?"),
    Rule("ack", "yes|yeah|yep|ok|okay|fine|all right|i see|got it|understood"),
    Rule(
        "thanks",
        "(?:thanks?|thank you|thx|bye|goodbye|great)(?: you)?(?: so| very)?(?: much| a lot)?"
        "(?: my)?(?: dear| friend| sir| madam)?",
    ),
)
WHOLE = frozenset({"greeting", "thanks", "continue", "ack"})
"""Wishes that only a whole message expresses."""

ENGLISH_KIN: Mapping[str, str] = MappingProxyType(
    {
        "mother": "mother|mom|mum|mummy|mama",
        "father": "father|dad|daddy|papa",
        "spouse": "wife|husband|spouse",
        "grandparent": "grandmother|grandfather|grandma|grandpa|granny|grandparents?",
        "other": "parents|aunt|uncle|sister|brother|neighbou?r|friend|relative|mother in law|father in law",
    }
)
"""Words after "my", "for" or "of"."""
