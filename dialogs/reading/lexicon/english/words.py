"""English words that distinguish a sentence from pinyin and from a person's name; separated by bars."""

SENTENCE_WORDS = (
    "i|im|is|are|am|was|were|the|this|that|these|those|it|its|of|for|with|from|and|do|does|did|dont|not|no|what|"
    "where|when|why|how|who|which|have|has|had|want|need|would|could|should|cannot|cant|please|my|your|our|his|her"
)
"""By these a sentence is English; none is a syllable of pinyin, as you, he, me, she, an, can and men are."""

TALK_WORDS = (
    "i|im|ive|id|we|you|your|my|me|it|its|this|that|these|there|here|what|where|when|why|how|who|which|is|are|am|"
    "was|do|does|did|dont|not|no|cant|cannot|have|has|had|get|find|know|want|need|would|could|should|can|will|may|"
    "must|please|thank|thanks|help|hello|sorry|sure|yes|yeah|nope|nah|okay|ok|go|back|name|number|wrong|incorrect|right|"
    "correct|chinese|english|mandarin|language|speak|use|switch|change|talk|understand|stop|cancel|quit|exit|later|"
    "wait|the|a|an|for|of|to|in|on|at|with|from|and|or|but|if|so|just|only|again|nothing|nobody|none|mother|"
    "father|mom|mum|dad|wife|husband|parents|his|hers|test|testing|camera|complicated|delete|everything|resident|"
    "employee|pension|next|another|picture|video|passport|document|money|certify|they|tomorrow|"
    "today|scam|robot|agree|done|finished|ready"
)
"""A message that begins with one of these is no name, nor is one that holds two."""

NAME_WORDS = (
    "no|do|go|my|me|will|may|you|can|how|so|id|a|an|to|in|on|at|or|if|the|help|right|use|sure|get|here|just|but|"
    "and|wait|from|of|english|mandarin"
)
"""Those that begin a person's name as well (Will Smith, How Kee, No Su Min): one alone says nothing."""

TITLED_NAMES = "money|ready|today"
"""Those that begin a name only with capitals and another word: Money Penny, and no "money missing"."""

AUXILIARIES = (
    "has|have|had|is|was|just|both|also|sadly|suddenly|recently|already|unfortunately|peacefully|finally|now"
)
"""Words between a person and the verb of a death."""

LIFELESS = (
    "i?phones?|huawei|xiaomi|mobile|cell|fi|sim|card|battery|cat|dog|pet|bird|fish|screen|camera|computer|laptop|tablet|device|power|signal|"
    "internet|wifi|network|link|app|connection|line|car|it|everything|plants?|charger|lights?|engine|"
    "record|account|system|page|site|website"
)
"""Things that "die" and are not persons; persons have too many names for a list."""

NEAR = (
    "(?:my|our|his|her) (?:dear |beloved |late |old )?"
    "(?:mother|mom|mum|mama|father|dad|daddy|papa|wife|husband|grandmother|grandfather|grandma|grandpa|parents?|"
    "aunt|uncle|sister|brother|friend)(?: in law)?"
)
"""Somebody whom one can lose."""

ANSWER_LEAD = "(?:(?:hi|hello)[ ,]+)?(?:i am|i'?m|it'?s|it is|this is|he is|she is)[ ,]+"
ANSWER_TAIL = "[ ,.!]+(?:please|thanks|thank you)[ ,.!]*"
"""Words before and after a name in an answer."""
