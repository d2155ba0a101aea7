"""Family names, which distinguish 我是陈大文 from 我是退休的; data for `dialogs.reading.names`.

The commonest of the census (about 98 in 100 people) and the double ones; rare ones are understood if 我叫 or
姓名 stands before them.
"""

from dialogs.reading.lexicon.everyday_words import EVERYDAY
from dialogs.reading.lexicon.kin import CHILDREN
from dialogs.reading.lexicon.place_names import PREFECTURES, PROVINCES

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈"
    "钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史贺陶顾龚郝邵万钱严覃武戴莫孔汤温康施文牛樊葛邢"
    "安齐伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛"
    "靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧"
    "闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝段毛向常代赖洪乔易傅候阎丘占封鞠匡荆郁胥冀栗"
    "储燕楚鄢谌劳蔺奚闻粟楼盘伊阚冼仝索惠郜禹卿狄扈晁芮阙邸雍裘亓邰赫逯茹嵇戎檀昝鹿薄奉茅"
    "逄郄隗綦缑呙訾郏郗钮谯逮笪璩禤妫厍爨雒睢眭仉佴苌钭迮酆"
)

DOUBLE_SURNAMES = (
    "欧阳|上官|司马|司徒|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|夏侯|轩辕|端木|西门|南宫|独孤|钟离|"
    "闾丘|司空"
)
"""Words between bars."""

NO_NAME = (
    "我|你|您|他|她|咱|俺|谁|什么|啥|怎么|不|没|老人|退休|职工|居民|农民|工人|干部|教师|老师|本人|自己|"
    "儿子|女儿|家属|亲属|认证|办理|查询|社保|养老|文盲|单身|高龄|高血压|党员|华侨|左撇子|应该|方便|明天|"
    "平时|成年|时候|身份|证件|护照|电话|手机|号码|姓名|名字|来办|来认|来问|帮|人来|人帮|人工|车去|车来|"
    "医生|救护|外卖|经办|代办|市人|省人|县人|村人|的人|本地|外地|农村|城镇|城里|乡下|申请|安排|马上|成功|"
    "麻烦|平常|全部|登记|预约|解决|常规|和我|向你|查一|查下|查查|查看|错|填写|打字|输入|怎|忘了|更改|"
    "个字|生僻|改过|换过|难[写打]|太长|复杂|繁体|简体|拼音|曾用|一样|[两三四]个|代理|常年|毛病|劳烦|楼上|楼下|修改|了|干嘛|干什|干啥|有误|原因"
)
"""Words that no name contains: 我叫 and 我是 are followed by much else."""

NOT_DOTTED = f"{NO_NAME}|[族村县区市省路组号室].*·|^[日月年房男女]"
"""The same for a name with a dot, and what a form has before it: 汉族阿不都·买买提."""

NO_ANSWER = (
    "查[询一下看认结记查进我你他她]|.{1,3}市$|成了[吗没么]|谢[谢了啦]|成功[了没吗不]?$|时[间候]|钱[没呢不怎咋还到停断被]|钱少(?:了|$)|何[时处地]|安全|解[除决释约]|方[便法]|"
    "[和向](?:[人谁我你爸妈]|老[伴公婆爸妈])|申[请诉]|麻烦|马上[办来认就]?$|于是|明[天年白]|白内障|白屏|单[位身]|农[民村保业]|管[理用不]|关[闭掉了]|应[该不]|"
    "连[不接]|左[转边]|简单|舒服|文盲|华侨|金额|党员|万一|高[龄血]|迟[了到]|尚未|费用|符合|师[傅父]|戴[口眼]|"
    "代[办理为替刷]|常[常年时见用]|向[左右前后]|易[懂学]|洪水|毛病|封[掉了号]|占[了用线]|劳[驾烦动]|闻[到说]|盘[点问]|楼[上下里]|索[要取]|.某|毕竟|.[^知]了$|范围|宁愿|康复|商量|项目|程序|边上|车[来去]"
)
"""Words of two or three characters that begin like a family name: no answer to the question for a name."""

SIGHS = "嗯哦噢喔唉哎诶欸呃"
"""Sounds before an answer, with which no name begins."""

SHORT_TALK = (
    f"^[{SIGHS}]|(?:走|死|没|不在)了$|"
    "名字|姓名|号码|护照|证件|身份证|短信|睡觉|没电|不出来|不配合|没人|没带|wifi|的$|[忘丢碎坏断卡病忙累烦]了$|^(?:帮|能不能)|退休|^人呢?$|^[一二三四五六七八九十两几]个$|太[慢快长短难贵远]$|^关掉?$|^(?:她|他[在不没也说]|今天|手机|网络|光线|信号|[叫喊]我|不|没|我|你|您|忘|同上|是[我你他她]|那[谁个]|谁|哪|怎|什么|找|何时到|查(?:进度|[我他她你您])|钱[停断没]|钱少(?:了|$)|<kin>(?:大人)?$)|"
    "(?:吗|没|么|到了|停了|断了|不对|..市)$|"
    "^换[成我个]|[唔咗啲佢哋嚟喺嘅哪]|系咪|^哈+$|某某|^人在|测试|^试试|个字|^有个|^[那这]个|[那这]个$|^(?:我)?自己[弄搞做办刷来]|^第.[个位]|^老[大二三四五幺]$|多谢|再说|一遍|^(?:听日|按|点[哪错]|[选发]错|重新|撤回|咁|然后[呢咧]?$|后面[呢咧]|下一?[步部]|跟住|[弄搞]好了?$|换[个一成]|算了|打不|气死|累死|烦死|死鬼|垃圾|白屏|过不去|姓.$)"
)
"""Words that rule out a name in an answer of up to four characters."""

_ONE = "[一二三四五六七八九]"
_DIGIT = "[〇零一二三四五六七八九]"
_MONTH = f"(?:[农阴阳公]历)?(?:[正腊冬]|闰?{_ONE}|十[一二]?)月"
_DAY = f"[初廿]?(?:{_ONE}|十){{1,3}}[日号]?(?:出?生)?"
_YEAR = f"(?:(?:一九|二[〇零]){_DIGIT}{{2}}年?|{_DIGIT}{{2}}年)"

_BANK = (
    "(?:中国)?(?:工商|农业|建设|交通|招商|商业|农村商业|邮政储蓄|邮储)?银行卡?|"
    "农商行|(?:农村)?信用社|邮政储蓄"
)

NEVER_NAMES = (
    "(?:居民)?身份证(?:号码?|件)?|护照(?:号码?)?|证件(?:号码?|类型)?|证号|号码|(?:港澳|台湾)?通行证|(?:港澳台)?居住证|"
    "回乡[证卡]|台胞证|永居证|户口[本簿]|存折|手机(?:号码?)?|养老(?:金|钱|保险)?|退休金|社保|待遇|"
    "同意|停止|停用|关闭|结束|开始|确认|提交|完成|删除|退休(?:工人|职工|人员|干部|教师)?|工人|农民|职工|居民|教师|党员|"
    "(?:(?:我?自己|我?本人)[ ,]*)+|"
    "[男女]性|白色|金色|黄皮|查收|文件|方才|成吗|汉族|民族|住址|性别|年龄|生日|出生年月|密码|微信|链接|短信|照片|"
    f"(?:今年|虚岁|年龄)?{_ONE}?十{_ONE}?[几多]?(?:周?岁)?了?|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]的?|{_BANK}|一百(?:[〇零]{_ONE})?岁?|{_ONE}[〇零]后|"
    f"{_YEAR}(?:{_MONTH}(?:{_DAY})?)?(?:出?生)?|{_MONTH}(?:{_DAY})?|[A-Za-z]{{0,3}}(?:{_DIGIT}|幺){{4,}}叉?|{EVERYDAY}"
)
"""Whole answers that are nobody's name: what is asked for next, what a choice does, an age, a date,
a number, a sign of the zodiac, a bank."""

JOINING = "和跟与同及"
"""Characters between two people's names; they also occur in some names (和平, 陈和平)."""

_COMMON = "王李张刘陈杨黄赵吴周徐孙朱郭何林罗郑梁谢宋韩冯邓曹彭袁蔡蒋魏苏吕卢沈崔谭廖贾邱侯薛"
_GIVEN = (
    "秀英玉兰桂珍凤芳淑华素梅翠芬琴娟惠琼丽文德福国建永志忠荣祥庆军伟民明强勇杰涛超霞平刚红玲燕艳敏静娜三四五"
)
_ONE_OF_TWO = f"[{_COMMON}][{_GIVEN}]{{1,2}}"
NAMES_IN_A_ROW = f"(?!.{{2}}[林梁].$){_ONE_OF_TWO},?{_ONE_OF_TWO}"
"""Two people's names without anything between them (王桂兰李秀英), in characters that leave no doubt.

沙马石布 and 陈方安生 are one person's, and 王德林国 may be: 林 and 梁 are given names, too.
"""

ANSWER_TAILS = "好的|好了|谢谢|多谢|对的|是的|没错|本人"
"""Endings after a name in an answer."""

TAUGHT = (
    "木子李|弓长张|立早章|耳东陈|双木林|口天吴|草头黄|古月胡|言午许|三横王|人可何|走肖赵|文刀刘|双口吕|言射谢|禾呈程|"
    "西早覃|人则俞|双人徐|走之边|木易杨|口十叶|十八子李|大头余"
)
"""How a family name is spelled out next to it: 李秀英，木子李."""

BESIDE_ANSWER = (
    f"{TAUGHT}|"
    "(?:居民)?身份证|护照|(?:港澳|台湾)?通行证|(?:港澳台)?居住证|永居证|回乡[证卡]|台胞证|[1-6]|"
    r"[男女]性?|[^\W\d_a-z]{1,5}的[^\W\d_a-z]{1,2}|[^\W\d_a-z]{1,5}族|今年\d{2,3}岁?|\d{2,3}(?:周?岁|了)|\d{4}年(?:\d{1,2}月(?:\d{1,2}[日号])?)?(?:出?生)?"
    r"|(?:联系)?(?:电话|手机)(?:号码?)?(?:是|[ ,])*\d[\d -]{6,14}"
    rf"|(?:{PROVINCES}|{PREFECTURES})[^ ,]{{0,30}}|(?:家?住(?!院)|住址|地址|户籍地?)[ ,]*[^,]{{2,30}}"
)
"""What a form adds after a name and a comma or space; without one it may be the end of the name (亚男)."""

TALK = (
    f"^[{SIGHS}]|"
    "^换[成我个]|^人?在|^算了|[那这有]个|个字|打不出|打不通|找不|下一?步|[唔咗啲佢哋嚟喺嘅哪]|系咪|"
    "我|你|您|她|咱|谁|什么|怎么|啥|吗|没有|可以|今天|天气|手机|网络|wifi|WiFi|WIFI|微信|密码|屏幕|没人|不配合|退休|快点|[了的]$|身份证|证件|一样|名字"
)
"""Words that make an answer of five or six characters a sentence; longer ones are judged by `NO_NAME`."""

COURTESIES = (
    "老?先生|老太太?|老头子?|老汉|女士|小姐|太太|夫人|同志|老师|师[傅父]|叔叔|阿姨|婶婶|老?(?:爷爷|奶奶)|婆婆|公公|老人家|"
    "伯[伯父母]|大[爷妈叔伯婶娘姐哥]|老[伯人]|医[生师]|校长|主任|经理|老板|教授"
)
"""Said after a name but not part of it; after a family name alone (陈先生) they name nobody in full."""

BEFORE_NUMBER = (
    "(?P<words>[^0-9a-z]{2,6}?)的?(?:护照|证件|通行证|回乡[证卡]|台胞证|居住证|身份证)?"
    "(?:号码?)?是?[ ,]*[a-z]{0,3}[0-9]"
)
"""Words before a document's number, which may be how somebody is addressed: 老王护照E…."""

KIN_TITLES = "阿[伯婆公叔婶]"
"""The same, but after a family name alone they are the given name of many old people (陈阿婆)."""

SHORT_TITLES = "生太伯叔姨婶婆嫂姐哥爷总工老"
"""Characters that address somebody after a family name alone (李生, 陈太); else they are part of the name."""

FAMILIAR = "小老"
"""Characters that do so before it: 小李, 老王."""

LATIN_TITLES = r"(?:mr|mrs|ms|miss|madam|sir|dr|prof|uncle|aunt|auntie)\b[.,]? +"
"""Titles before a name in Latin letters; with one word alone (Mr Li) they name nobody in full."""

LATIN_SUFFIXES = " +(?:sir|madam|sang|tai)"
"""The same after one word: Chan Sir, Li Sang (李生)."""

LATIN_LABELS = (
    "(?:[a-z]+ )?[a-z]+ (?:road|street|avenue|lane|district|city|province|village)|"
    "(?:date|place) of birth|(?:block|room|flat|floor|building|unit) [a-z0-9]+|"
    "surname|given names?|nationality|name|id|passport|permit|card|resident|identity|residence|permanent|"
    "travel|number|no|nr|is|my|"
    "i am|i'm|hello|hi|good (?:morning|afternoon|evening)|phone|tel|mobile|sex|male|female|address|thanks|"
    "hong kong|macao|macau|taiwan|china"
)
"""Words next to a name and a number in Latin letters that belong to neither."""

CALLED = "(?:大家|人家|别人|街坊|邻居|朋友|同事|孩子|他)?们?都?[叫喊]我[ ,]*"
"""Words before how somebody is called: 大家叫我王阿婆."""

NAME_LEAD = (
    rf"[ ,]*(?:[{SIGHS}]++[ ,]*+)?(?:{CALLED})?(?:(?:{TAUGHT})[ ,]+)?"
    r"(?:(?:身份证|证件|证)上?(?:面)?(?:写|印|登记)?的?(?:名字|姓名)?是?[ ,]*)?"
    r"(?:(?:(?:我|俺|咱)们?家?的?(?:<kin>)|我|本人|俺|他|她|<kin>)?的?(?:姓名|名字|全名|大名|名)?[ ,]*"
    r"(?:就是|就叫|是叫|叫做|名叫|叫|是|为)?[ ,]*)?"
)
"""Words before a name in an answer."""

PLACES = "安徽|江西|江苏|云南|广东|广西|湖南|湖北|河南|河北|山东|山西|海南|四川|福建|香港|澳门|台湾"
"""Places of origin: 我是江西的 begins like a name."""

AFTER_NAME = (
    "的?身份|的?证件|性别|民族|证号|的?号码|号是|的?电话|的?手机|生日|出生|的?护照|的?通行证|回乡证|台胞证|居住证|住在|家住|今年|现在|认证|办理|年审|查询|"
    "想办|想认|想查|想帮|想问|要办|要认|要查|要帮|来办|来认|办认|做认|刷脸|帮我|帮忙|给我|我要|我想|我是|我妈|我爸|我的|我在|请帮|请问|谢谢|"
    "这个月|(?:好的|好了|对的|是的|没错)(?:[ ,]|$)|是退休|是职工|是企业|是城乡|是居民"
)
"""Words that end a name if a comma is missing."""

AFTER_LATIN_NAME = "and|i|my|id|passport|please|want|born|sex|gender|male|female|phone|address"
"""The same for a name in Latin letters: words."""

OWN_NAME_MARKS = (
    r"(?:我|俺|本人)(?:的?(?:名字?|姓名|大名))?[ ,]*(?:是叫|就叫|名叫|叫做|叫)[ ,]*",
    r"(?:我|俺|本人)的?(?:名字|姓名|全名|大名)[ ,]*(?:是)?[ ,]*",
    r"my name(?: is|'s)?[ ,]+",
)
"""Words before the name of the writer."""

NAME_MARKS = (
    r"(?:<kin>|他|她|人)(?:的?(?:名字?|姓名|大名))?[ ,]*(?:是叫|就叫|名叫|叫做|叫)[ ,]*",
    r"(?<![我人])(?<![我人]的)(?:姓名|名字|全名|大名)[ ,]*(?:就是|就叫|是|叫做|叫|为)?[ ,]*",
    r"(?<!my )name(?: is|'s)?[ ,]+",
    r"^[ ,]*[叫名][ ,]+",
)
"""Words that certainly precede a name; `<kin>` is any word of `dialogs.reading.lexicon.kin`."""

OWN_WEAK_MARKS = (r"(?:我就?是|本人是?)[ ,]*", f"我是[^ ,]{{1,6}}(?:{CHILDREN})")
WEAK_NAME_MARKS = (
    r"[他她]是[ ,]*",
    r"(?:不对|错了)[ ,]*(?:应该)?[是叫][ ,]*",
    r"^[ ,]*叫",
    r"(?:帮|给|替|为|代)(?:我|俺|咱)?的?(?:<kin>)[ ,]*",
)
"""Words before a name or before anything else: only a known family name decides."""

HELPED_NAME = (
    r"(?:帮|给|替)(?:一?下)?[ ,]*(?P<name>[^\W\d_a-z]{2,4}?)(?=[ ,]*(?:来|去|再|做|搞|弄)*"
    r"(?:认证|年审|刷脸|查|[办弄搞整](?:一?下|[理个吧了呀啊])*(?:认证|年审|养老|[ ,]|$)))"
)
"""The name of a person for whom something is done, and the words for it: 帮陈小国办认证."""

NAME_TAILS = "啊呀哦呢吧啦喔噢哈嘛"
"""Sounds that hang on at the end of a sentence."""

BESIDE_NAME = (
    "(?:居民)?身份证(?:号码?|件)?|证件(?:号码?|类型)?|证号|号码|护照(?:号码?)?|(?:港澳居民来往内地|台湾居民来往大陆|港澳|台湾)?通行证"
    "|回乡[证卡]|台胞证|(?:港澳台居民)?居住证|姓名|名字|认证|办理|年审|生存|资格|电话|手机|我是"
)
"""Words around a name and number sent together that belong to neither."""

AROUND_NAME = "是叫号帮替给我的请要办为"
"""Characters before or after such a name; inside it they belong to it (李为民); 为 also ends one (张有为)."""
