"""Words by which English questions are matched; data for `dialogs.reading.faq`, as in `lexicon.faq.topics`.

Words are in small letters, without apostrophes and hyphens, and count only as whole words.
"""

_OTHER_MATTERS = (
    "passport renewal|renew my passport|pharmacy|train ticket|ticket|flight|weather|joke|driving licence|"
    "driver|tax|taxes|hotel|restaurant|bus|subway|taxi|parcel|delivery|electricity|water bill|gas bill|"
    "rent|marriage certificate|divorce|job|school|university|visa|police|football|movie|song|news|stock|"
    "shares|lottery|loan|recipe|cook|dinner|dog|cat|shopping|supermarket|vaccine|traffic|parking|"
    "post office|alarm|volume|manager|complain|complaint|complaints|coffee|music|restroom|toilet|repair"
)

ENGLISH_TOPICS: tuple[str, ...] = (
    (
        "face check|face recognition|face scan|face verification|scan my face|scan face|"
        "facial recognition|facial scan"
    ),
    "face|faces",
    (
        "fail|fails|failed|failing|never recognizes|never recognises|not recognized|not recognised|"
        "does not recognise|doesnt recognise|doesnt recognize|does not recognize|unsuccessful|rejected|"
        "rejects|refuses|not pass|does not pass|not working|does not match|doesnt match|not match|"
        "wont accept|keeps saying no"
    ),
    (
        "again and again|several times|many times|five times|always|keeps|keep|repeatedly|over and over|"
        "every time|never"
    ),
    "id|id card|identity card|identification card|identification|idcard|identity",
    "expired|expire|expires|ran out|run out|out of date|not valid|no longer valid|old card|invalid",
    (
        "early|earlier|ahead|ahead of time|in advance|before|beforehand|sooner|before the due date|"
        "too early|few months ahead|not due yet"
    ),
    "keep my|store|stored|stores|save|saved|kept|retain|hold on to",
    "photo|photos|picture|pictures|photograph|photographs|selfie|image|images|pic|snapshot",
    "delete|deleted|deletion|erase|erased|remove|removed|wipe|forget me|get rid of",
    ("data|information|personal information|personal data|records|account data|details|personal details"),
    "glasses|spectacles|specs|sunglasses|eyeglasses|reading glasses",
    "wear|wearing|put on|keep on",
    "take off|takeoff|remove my glasses|off",
    ("two people|two|both|couple|husband|wife|spouse|partner|share|shared|sharing|together|old man and i"),
    "phone|mobile|telephone|cell phone|cellphone|handset|mobile phone",
    "wechat|weixin|wechat account",
    (
        "civil servant|civil service|government|public institution|"
        "teacher|school teacher|public school|professor|"
        "state employee|public employee|public servant"
    ),
    (
        "allowance|subsidy|old age|senior citizen|disability|social assistance|benefit for the elderly|"
        "old people"
    ),
    (
        "overdue|late|missed|deadline|due date passed|due date has passed|past the deadline|forgot to do|"
        "too late|behind|past due|passed the date"
    ),
    ("in person|counter|office|service desk|desk|window|branch|address|centre nearby|hall|face to face"),
    "where|nearest|near|which place|location",
    "twin|twins|identical|looks like me|looks exactly|look alike|same face",
    (
        "abroad|overseas|outside china|foreign country|another country|america|canada|australia|england|"
        "usa|uk|singapore|hong kong|moved to america|emigrated|europe"
    ),
    (
        "another province|other province|different city|travel back|travel home|away from home|"
        "other city|different province|out of town|back home|go home"
    ),
    "prison|jail|sentence|in custody|released from prison|imprisoned",
    "hospital|ill|sick|admitted|ward|operation last week|intensive care",
    (
        "bedridden|bed|in bed|paralysed|paralyzed|wheelchair|cannot walk|cant walk|cannot leave|"
        "leave the house|cannot move|stroke|home visit|come to our home|come to my home|housebound|"
        "come to the house|walk"
    ),
    "blind|cannot see|cant see|eyes|eye|eyesight|nearly blind|cataract",
    "deaf|hear|hearing|hearing aid|hard of hearing|mute|dont hear",
    (
        "two pensions|several pensions|both pensions|more than one pension|second pension|"
        "multiple pensions|two kinds"
    ),
    "twice|two checks|again|once more|second time|a second time",
    (
        "scam|fraud|real|fake|trust|true|cheat|swindle|genuine|phishing|suspicious|legit|bank code|"
        "text message"
    ),
    ("robot|machine|computer|bot|human|human being|real person|automatic|automated|who are you|chatbot"),
    (
        "open|opening hours|office hours|hours|what time|close|closes|weekend|sunday|sundays|saturday|"
        "saturdays|holiday|holidays|lunch"
    ),
    "already did|already|did it|i passed although|just did|last month",
    "why|what for|purpose|reason|whats the point|point",
    "every year|each year|yearly|annual|annually",
    "prove|alive|prove i am alive",
    "what happens|what if|consequence|consequences|skip|never do|ignore|dont do|without it|do not do",
    (
        "stopped|stop paying|stopped paying|suspended|on hold|cut off|restart|resume|missing payments|"
        "get it back|get back|missing months|start again|stopped months"
    ),
    "money|payment|payments|paid|pay me|payout",
    ("not come|not arrived|has not arrived|hasnt arrived|not received|havent received|no money|where is"),
    "bank",
    "receipt|proof|certificate|confirmation|print|paper for the bank|document for the bank|slip",
    (
        "changed|different|older|old photo|thin|lost weight|weight|look different|not the same|aged|"
        "lost a lot of weight"
    ),
    "beard|shave|moustache|mustache|stubble|whiskers|beard has grown",
    "surgery|operation|scar|bandage|bandaged|plastic surgery|burn|burned|stroke in my face",
    "hair|fringe|bald|wig|dyed|grey|haircut",
    "mask|hat|cap|scarf|headscarf|face mask",
    "makeup|make up|lipstick|powder|filter|beauty filter|cosmetics",
    "mandarin|dialect|cantonese|speak|speaking|read numbers|aloud|language|chinese",
    (
        "smartphone|no phone|old phone|without a mobile phone|without a phone|no smartphone|no camera|"
        "simple phone|without a camera|no wechat|do not have wechat|dont have wechat"
    ),
    "cost|costs|free|fee|fees|charge|price|how much do you charge|expensive",
    "safe|secure|security|stolen face|steal|steals|privacy|misuse|stolen|worry|afraid|leak",
    "mistake|wrong|typo|misspelled|misspelt|spelled wrong|spelling|incorrect|error|one digit",
    "name|names|surname",
    "new name|new surname|changed my name|name changed|marriage|married|changed name",
    "new id|new id card|new passport|number changed|id number changed|replaced|renewed|new document",
    "lost|lose|dont have my|do not have my|without my|misplaced|cannot find|cant find",
    "number|id number|numbers",
    "forgot|forgotten|do not remember|dont remember|cannot remember|cant remember",
    "no photo|on record|registered|register|registration|photo taken|register my face",
    "bring|papers|documents|document|form|forms|household book|materials|paperwork",
    "how long|minutes|complicated|queue|wait|quick|long does",
    (
        "how do i know|worked|work|success|successful|passed|pass|confirmation message|told the result|"
        "result|went through"
    ),
    (
        "somewhere else|another app|other app|elsewhere|community centre|community center|village|"
        "at the bank|bank did|at the counter count|other place|different app"
    ),
    "count|counts|valid",
    "remind|reminder|reminders|reminded",
    (
        "stop reminders|turn off|unsubscribe|cancel|stop the reminders|stop these|stop those|"
        "stop messages|switch off"
    ),
    "turn on|remember the date|send a reminder",
    "lens|black|black screen|permission|video call|blank screen",
    "link|page|website|url|webpage",
    "not work|does not work|doesnt work|does not open|wont open|blank|used|broken|dead",
    "busy|loading|network|slow|stuck|connection|internet|hangs|spinning|freezes|frozen",
    "movement|movements|blink|nod|turn my head|shake my head|gestures|moves|follow the dot",
    "instead|instead of|in place of|hold up|show a picture|old video|recording",
    (
        "child|children|daughter|son|relative|relatives|neighbour|neighbor|parents|mother|father|mum|mom|"
        "dad|grandma|grandmother|grandpa|grandfather|grandson|family|somebody else|on my behalf|"
        "on behalf|behalf|for my"
    ),
    "do it for|power of attorney|authorisation|authorization|for someone else",
    (
        "far away|lives far|not together|distance|live apart|not with me|live in the village|"
        "send the link|apart|another town"
    ),
    (
        "just retired|newly retired|first year|new pensioner|first check|recently retired|"
        "retired this year|retired last"
    ),
    "very old|age limit|exempt|ninety|hundred|years old|age",
    "moved|moving|household registration|transferred|relocated|move house",
    "bank card|bank account|bankbook|account|card for payment|new bank",
    "how much|amount|calculated|calculate|sum",
    "raise|raised|increase|increased|go up|goes up|adjustment|rise|higher",
    "which day|what day|payment date|each month|date of payment|pay day|payday|when do they pay",
    ("medical|health insurance|medical insurance|reimbursement|medical card|insurance for doctors|doctor"),
    "social security card|social card|social security",
    "password|activate",
    "funeral|death grant|survivor|burial|funeral grant|death",
    ("foreign|foreigner|passport|hong kong permit|taiwan|taiwanese|macao|macau|permanent residence|permit"),
    "registered as dead|as dead|deceased|shows me as deceased",
    "night|evening|dark|light|lamp|late at night|midnight",
    "phone number|mobile number|telephone number",
    "new phone|new wechat|changed my phone|phone was stolen|lost my phone|phone is new",
    "see my|helper|know my|see my data|my family see|my son to know|others see",
    "small|bigger|larger|letters|text bigger|font|large font|small print|writing",
    "dementia|alzheimer|alzheimers|confused|cooperate|mentally",
    "hands|shake|shaking|tremble|parkinson|parkinsons|hold the phone|steady",
    "read|type|illiterate|write|typing|cannot read",
    "pension start|start",
    _OTHER_MATTERS,
)

ENGLISH_FILLERS = (
    "a|an|the|is|are|am|im|i|my|me|do|does|did|it|its|to|of|for|in|on|at|can|could|may|might|shall|"
    "should|will|would|must|your|you|we|our|us|or|and|be|been|was|were|this|that|these|those|what|how|"
    "with|there|so|if|by|any|some|please|tell|have|has|had|get|got|want|need|like|id like|as|up|them|"
    "they|she|he|her|his|their|not|dont|doesnt|cant|cannot|no|about|know|go|going|still|now|then|also|"
    "too|very|really|just|when|which|id rather|ive|let|make|put|matter|ok|all right|right|possible|"
    "allowed|somebody|someone|person|people|one|here|hello|hi|sir|excuse|help|does that matter|check|"
    "pension|pensioner|certify|certification|certified"
)
