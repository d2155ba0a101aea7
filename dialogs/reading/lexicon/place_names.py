"""Names of provinces and prefectures of all China, as people say them; data for `dialogs.reading.places`.

From GB/T 2260 as the Ministry of Civil Affairs publishes it (2023), without the words for the kind of place.
"""

PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|内蒙古?|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|"
    "四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾"
)
"""Words between bars."""

PREFECTURES = (
    "石家庄|唐山|秦皇岛|邯郸|邢台|保定|张家口|承德|沧州|廊坊|衡水|太原|大同|阳泉|长治|晋城|"
    "朔州|晋中|运城|忻州|临汾|吕梁|呼和浩特|包头|乌海|赤峰|通辽|鄂尔多斯|呼伦贝尔|巴彦淖尔|"
    "乌兰察布|兴安盟|锡林郭勒|阿拉善|沈阳|大连|鞍山|抚顺|本溪|丹东|锦州|营口|阜新|辽阳|盘锦|"
    "铁岭|朝阳|葫芦岛|长春|四平|辽源|通化|白山|松原|白城|延边|哈尔滨|齐齐哈尔|鸡西|鹤岗|双鸭山|"
    "大庆|伊春|佳木斯|七台河|牡丹江|黑河|绥化|大兴安岭|南京|无锡|徐州|常州|苏州|南通|连云港|"
    "淮安|盐城|扬州|镇江|泰州|宿迁|杭州|宁波|温州|嘉兴|湖州|绍兴|金华|衢州|舟山|台州|丽水|"
    "合肥|芜湖|蚌埠|淮南|马鞍山|淮北|铜陵|安庆|黄山|滁州|阜阳|宿州|六安|亳州|池州|宣城|福州|"
    "厦门|莆田|三明|泉州|漳州|南平|龙岩|宁德|南昌|景德镇|萍乡|九江|新余|鹰潭|赣州|吉安|宜春|"
    "抚州|上饶|济南|青岛|淄博|枣庄|东营|烟台|潍坊|济宁|泰安|威海|日照|临沂|德州|聊城|滨州|"
    "菏泽|郑州|开封|洛阳|平顶山|安阳|鹤壁|新乡|焦作|濮阳|许昌|漯河|三门峡|南阳|商丘|信阳|周口|"
    "驻马店|济源|武汉|黄石|十堰|宜昌|襄阳|鄂州|荆门|孝感|荆州|黄冈|咸宁|随州|恩施|仙桃|潜江|"
    "天门|神农架|长沙|株洲|湘潭|衡阳|邵阳|岳阳|常德|张家界|益阳|郴州|永州|怀化|娄底|湘西|广州|"
    "韶关|深圳|珠海|汕头|佛山|江门|湛江|茂名|肇庆|惠州|梅州|汕尾|河源|阳江|清远|东莞|中山|"
    "潮州|揭阳|云浮|南宁|柳州|桂林|梧州|北海|防城港|钦州|贵港|玉林|百色|贺州|河池|来宾|崇左|"
    "海口|三亚|三沙|儋州|五指山|琼海|文昌|万宁|成都|自贡|攀枝花|泸州|德阳|绵阳|广元|遂宁|内江|"
    "乐山|南充|眉山|宜宾|广安|达州|雅安|巴中|资阳|阿坝|甘孜|凉山|贵阳|六盘水|遵义|安顺|毕节|"
    "铜仁|黔西南|黔东南|黔南|昆明|曲靖|玉溪|保山|昭通|丽江|普洱|临沧|楚雄|红河|文山|西双版纳|"
    "大理|德宏|怒江|迪庆|拉萨|日喀则|昌都|林芝|山南|那曲|阿里|西安|铜川|宝鸡|咸阳|渭南|延安|汉中|"
    "榆林|安康|商洛|兰州|嘉峪关|金昌|白银|天水|武威|张掖|平凉|酒泉|庆阳|定西|陇南|临夏|甘南|"
    "西宁|海东|海北|黄南|果洛|玉树|海西|银川|石嘴山|吴忠|固原|中卫|乌鲁木齐|克拉玛依|吐鲁番|"
    "哈密|昌吉|博尔塔拉|巴音郭楞|阿克苏|克孜勒苏|喀什|和田|伊犁|塔城|阿勒泰|石河子|阿拉尔|"
    "图木舒克|五家渠"
)

REGIONS = (
    "潮汕|珠三角|珠江三角洲|粤[东西北]|粤港澳|大湾区|岭南|五邑|长三角|"
    "闽[南西北]|赣南|皖[南北]|苏[南北中]|胶东|陕[南北]|豫[南东]"
)
"""Parts of provinces, as people call them."""

KINDS = "省|市|地区|盟|州|自治州|自治区|特别行政区|[^\\W\\d_a-z]{1,6}族自治[区州]"
"""What follows such a name in full."""

STREETS = "[路街巷村号楼室栋组队]|大道"
"""How the last part of an address ends."""

LATIN = "beijing|shanghai|tianjin|chongqing|guangdong|guangxi|hunan|hubei|hainan|sichuan|fujian|jiangxi|china"
"""In addition to the cities of `dialogs.rules.places.cities`."""

ADDRESS_LABELS = "(?:家庭|户籍|现|常?居)?(?:住址|地址|所在地)|户籍地"
"""Words before an address on a card or in a form."""

LIVING = "(?:家|现|居)?住(?!院(?!路|街))(?:在|于)?|家在"
"""Words before an address in a sentence; 住院 is not one."""

TELEPHONE_LABELS = "(?:联系|家庭|家里|家属|住宅|本人|紧急)?(?:人的?)?(?:电话|手机)(?:号码?)?"
"""Words before a telephone's number in a form."""

AFTER_ADDRESS = "公民|(?:居民)?身份|证件|号码|电话|手机|联系|性别|民族|出生"
"""Words that follow an address without a comma."""

WAYS = "大道|街道|[路街巷弄道村镇乡冲岗屯庄湾桥园苑坊区社]"
"""How the name of a street or village ends, before the number of a house."""

NUMBERED = "单元|[号组队栋弄座室楼幢]"
"""What the number of an address counts."""

HOUSE = f"(?:{WAYS})第?(?:[0-9]{{1,4}}|[一二三四五六七八九十]{{1,3}})(?:{NUMBERED})"
"""A house of a street, a group of a village: 人民路8号, 石桥村三组."""

PARTS = f"{WAYS}|{NUMBERED}|[市区县州盟旗]|小区"
"""How an address ends."""

ADDRESS_TAILS = "(?:[a-z]?[0-9]{1,4}[a-z]?)?(?:附近|旁边?|对面|隔壁|院?内|房)?"
"""What may follow the last part of an address."""

NO_ADDRESS = (
    "[我你您他她不没了吗么呢哪怎谁咋几]|多少|什么|停[发了止]|人工|"
    "[去过逝离]世|[病身亡已]故|死[亡后前在的]|病死|[0-9]{5}"
)
"""Words that belong to no address: 人民路8号去世了 reports a death, 住五楼下不了楼 asks for a visit."""

DISTRICTS = r"[^\W\d_a-z]{1,5}?(?:区|自治县|县|镇|乡|街道|村)"
"""A part of a city, or a village."""

BEFORE = "(?:我的?养老金|我|我家|我们|老家|籍贯|家)?(?:是|在|住|住在)?(?:中国)?"
AFTER = "(?:的|人|那边|这边|本地人?|领养老金|领钱|领|退休)*"
"""What people say around a place where a name is asked for."""

ALSO_FAMILY_NAMES = "海云晋阿南宿杭宣平玉来乐达巴那银"
"""Rarer family names with which one of these places begins.

More than 100,000 people have each of them (NCIIC 2008, in the R package ChineseNames); `surnames.SURNAMES`
has the commoner ones.
"""
