"""Words by which Chinese questions are matched; data for `dialogs.reading.faq`.

One row a topic: its words count as one, and the longest word of all rows counts first. Words are in
simplified characters and small letters, without blanks; no word stands in two rows.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dialogs.reading.lexicon.topics_of_life import LIFE_TOPICS
from dialogs.reading.lexicon.topics_of_the_check import CHECK_TOPICS

_OTHER_MATTERS = (
    "药店|火车票|高铁|飞机|机票|订票|办护照|换护照|补护照|签护照|签证|违章|驾驶证|驾照|房产证|房产|房子|"
    "买房|结婚证|离婚|公积金|水电|水费|电费|燃气|煤气|电话费|充话费|话费怎么充|充值|快递|外卖|天气|下雨|"
    "股票|基金|理财|彩票|红包|报名|上学|学校报名|报警|警察局|笑话|唱歌|电视打|电视坏|看电视|电影|新闻|"
    "超市|菜市场|买菜|猫|狗|租房|贷款怎么|借钱|欠钱|停车|公交|地铁|路况|疫苗|挂号|找工作|招聘|交税|发票|"
    "营业执照|宽带|保险理赔|车险|旅行社|酒店|餐馆|饭店|吃什么|做饭|菜谱|象棋|麻将|跳舞|太极|血压|血糖|"
    "头疼|感冒|减肥|今天食|食了饭|吃饭|我儿子今年|三十岁|孙子上|居住证办|暂住证|准生证|出生证|户口本补|"
    "身份证补办"
)
"""Matters of other offices and of daily life; no entry has one, so a question with one is not answered."""

TOPICS = (*CHECK_TOPICS, *LIFE_TOPICS, _OTHER_MATTERS)

FILLERS = (
    "请问|我想问一下|我想问|想问一下|想问|问一下|那个|这个|那种|这种|一下|怎么办理|怎么办|怎么弄|怎么搞|"
    "怎么整|怎么处理|怎么样|怎么|咋办|咋弄|咋整|咋搞|咋个|咋|如何|怎办|点样做|点样|点算好|点算|点办|点搞|"
    "点做|点呢|能不能够|能不能|可不可以|可以不可以|行不行|得不得|可以不|可以吗|可以|可否|行吗|行不|能否|"
    "能吗|成不成|好不好|要不要紧|要紧吗|有关系吗|没关系吧|有没有关系|要不要|用不用|需不需要|使不使|需要|"
    "是不是|啊|呀|呢|吧|哦|嘛|哈|啦|喔|噢|㗎|呐|吗|么|的|了|着|我|俺|咱|你们|你|您|他|她|就|都|也|还|仲|"
    "才|什么|啲|很|好|太|个|要|想|会|能|给|那|这|办|弄|搞|做|整|是|来|去|说|它|跟|和|把|被|让|叫|再|又|"
    "咁|嘢|先|啥子|现在|而家|到底|其实|如果|要是|因为|所以|但是|系统|提示|显示|一个月|两个月|三个月|"
    "几个月|半年|两天|几天|一年|两年|三年|多年|十二个月|几年|个月|今天|今年|昨天早上|我们|咱们|他们|咧|"
    "诶|唉|哎|嗯|喂|您好|你好|阿姨|同志|师傅|小姐|靓女|靓仔|不该|谢谢|多谢|麻烦您|请|帮忙问|告诉我一下|"
    "听说|好像|觉得|应该|可能|或者|还是|并且|然后|晓得|知道"
)
"""Words that say nothing about the topic of a question."""

_TRADITIONAL = (
    "亞佈佔俬倆倉側傳傷傾價儘償優儲冊凈劃勁勞勢勵卹卻厲吶唸喫囑圍壯奬實寬將專嵗帳庫廢廳弔強憶懶懷拚捲損搖"
    "搶撥撫擊擋旣昇晝書朮棊構樓欄毀氣減湊潰濃濫濾燈燒燙燬爾獄獎產産畫畵瘓療癟皺盃盡盤睏瞞磯禿稅窮筆節簽籤"
    "紅紋紐紗紙級絕絲絶綁綵緩練緻縫縮罰羈義聞聰脫腫臟臨舘茲葯蒼蓋藥虧衆袷裝製視計訪診誒調譭貓財貴貸賞賠質"
    "趕軍軟輕辮違遞醣針釣釦錶鍼鎖鏟鐵閃閩闇陞陰隊隨險隱雜難靈靚靜韆頂頻顫颳飛飯館餬駛驟髒鬧魚鳳鼕齒粧衹痺"
)
_SIMPLIFIED = (
    "亚布占私俩仓侧传伤倾价尽偿优储册净划劲劳势励恤却厉呐念吃嘱围壮奖实宽将专岁帐库废厅吊强忆懒怀拼卷损摇"
    "抢拨抚击挡既升昼书术棋构楼栏毁气减凑溃浓滥滤灯烧烫毁尔狱奖产产画画痪疗瘪皱杯尽盘困瞒矶秃税穷笔节签签"
    "红纹纽纱纸级绝丝绝绑彩缓练致缝缩罚羁义闻聪脱肿脏临馆兹药苍盖药亏众夹装制视计访诊诶调毁猫财贵贷赏赔质"
    "赶军软轻辫违递糖针钓扣表针锁铲铁闪闽暗升阴队随险隐杂难灵靓静千顶频颤刮飞饭馆糊驶骤脏闹鱼凤冬齿妆只痹"
)
"""Place for place; characters of the topics and the shipped questions that `lexicon.variants` lacks."""

SIMPLER_TOO: Mapping[int, int] = MappingProxyType(str.maketrans(_TRADITIONAL, _SIMPLIFIED))
"""For `str.translate`."""
