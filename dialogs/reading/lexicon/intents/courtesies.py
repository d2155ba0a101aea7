"""Courtesies that ask for nothing: the last rows of `dialogs.reading.lexicon.intents.table`.

In a repeated group no word is composed of the others (好的 is 好 and 的, 嗯 repeats by the group). Otherwise
the number of readings doubles with each word, and a line of 嗯嗯嗯 that ends differently blocks the service.
"""

from dialogs.reading.lexicon.intents.at_the_question import TROUBLESOME
from dialogs.reading.lexicon.intents.row import Rule

COURTESIES: tuple[Rule, ...] = (
    Rule(
        "later",
        (
            "^(?:等一?[下哈]|等阵|等我|听日|稍等|等等|等会儿?|晚点|一会儿?|待会儿?|先不|下次|明天|改天|过几天|"
            "回头)(?:我|再)*.{0,4}$|"
            "<no_check>|"
            "<give_up>|(?:等下|等会儿?|等一下|一会儿?|待会儿?|晚点|晚些|回头|明天|听日|改天|过几天|得闲|有空)(?:我)?"
            "(?:再|先)(?:来|去)?(?:<do>|搞掂|说|讲)|^我?(?:要|先)?去(?:拿|找|取|看看?)(?:一?下)?(?:我的?)?(?:<item>).{0,2}$|"
            "^我?(?:先去|先走|在忙|很忙).{0,4}$|^我?(?:不|别)(?:想|要|用)?(?:认证|办|年审)(?:了|"
            "啦)?$|^再见.{0,5}$"
        ),
        "刷脸|扫脸|人脸|脸部",
    ),
    Rule(
        "greeting",
        "^(?:<polite>|在吗|在不在)*(?:问|咨询|请教|打听)(?:<polite>|问|下|[个件]|点|事情?)*$|"
        "^(?:<polite>|在吗|在不在)*有(?:个|一个|点)?(?:事情?|问题)(?:想|要)?(?:问|请教|咨询)(?:一?下)?(?:你|您)?$",
    ),
    Rule(
        "greeting",
        "^(?:(?:喂|,)*(?:能|可以)?听得?(?:到|见)(?:我)?(?:说话|讲话)?(?:吗|么|不|没有?|啊|,)*|在吗|在不在|在么|喂+|哈喽|哈罗|嗨|(?:早上|上午|中午|下午|晚上)好|早安?)$",
    ),
    Rule(
        "ack",
        (
            "^(?:我|好了?|又|,)*回来了(?:啊|呀|哦)*$|"
            "^(?:好了?|,)*(?:<mine>(?:<kin>)|老人家?|[他她]|人)(?:现在|已经|也)*(?:来|到|醒|准备好)了(?:啊|呀|哦|,)*$|"
            "^(?:那|我|身份证|证件|号码|老花镜|眼镜|,)*(?:找|拿|翻)(?:到|着|出来)了(?:啊|呀|哦)*$|"
            "^(?:那|我|现在|是不是|,)*(?:可以|能|开始)*刷(?:脸)?了?(?:吗|么)?$|"
            "^(?:号码|身份证|要|是|有|填|输)*(?:几|多少)位(?:数|数字)?(?:啊|呀|呢|吗)*$|"
            "^(?:好|好滴|好嘞|好哒|对|是|知道|收到|明白|晓得|了解|ok|okay|okk|行|嗯|可以|得|没问题|"
            "懂了|清楚|了|啦|啊|"
            "哦|呀|的|哈|噢|喔|吧|,)+$"
        ),
    ),
    Rule(
        "thanks",
        (
            "^(?:谢谢|多谢|谢了|谢啦|感谢|十分感谢|万分感谢|不该|晒|好|好滴|"
            "好哒|知道|收到|明白|晓得|了解|ok|okay|okk|行|嗯|可以|辛苦|麻烦|得|thx|thanks|thankyou|"
            "没事|没问题|再见|拜拜|懂了|清楚|不错|满意|你|您|你们|大家|客服|小?同志|小?姑娘|闺女|小妹|靓女|靓仔|阿妹|师傅|医生|"
            "小伙子|了|啦|"
            "啊|哦|呀|的|哈|噢|喔|吧|非常|太|真|很|多|啰|咯|嘞|就|,)+$"
        ),
        TROUBLESOME,
    ),
)

GREETINGS = "您好|你好|喂(?=[,喂]*[您你]好)|(?<=[您你]好)[,啊呀]*喂"
LONE_TAILS = "的了啦啊哦呀哈噢喔吧就很真多太得你您,"
"""Words that are no thanks on their own but may follow thanks."""
