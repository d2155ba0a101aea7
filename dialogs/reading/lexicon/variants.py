"""Traditional and Cantonese characters that the tables know simplified; data for `reading.normalize`.

Made once with OpenCC 1.4.2 (t2s, hk2s, tw2s) from every Han character of the
tables, so that rules meet one spelling. Not a converter: a character no rule
holds stays what it is, and names are never taken from the converted text. How
it is made again: docs/decisions/0005-reading-free-text.md.
"""

from collections.abc import Mapping
from types import MappingProxyType

TRADITIONAL = (
    "丟並乾併來侷係個們傢僑兒內兩凍別剛劉動務區參叢吳呂員問啓啞啟單嗎噠噹嚮嚴囉囌國園圓圖執報塗壓"
    "壽夥婁婦媽嬤嬸孃孫學宮寧審寫對屬嶽師帶幫幷幹幾廈廠廣張彆彈彔彿後從徵愛態慶慼應懞戰戶掃掛換摺"
    "擇擡擾攝敎敗數於時曉曏曬會東査楊業榦榮樂樑標樣機檢檯櫃權欒歐歸殘殯決沒況淩湯準溫滿漢漸濛瀋灣"
    "為無煩熱爲爺牀狀獃獨現畢當癡癥癱發盧眞睜矇硃確碼禪種穀積竇箇範簡紀約終結給經綠綫維網緑線編縣"
    "總繆繫繳繼續纔羅翫聯聲聶職聽聾脩腳臉臥臺與興舉莊華萬葉蓆蔔蔘蔣薑藍蘆蘇蘭處號衕衚衛裏補裡覈見"
    "規親訂託記設許訴註証詐詢話該詳誌認語說説誰請諮諸講謝證識譚護變讓豐買費賀資賈賣趙踰車軒輩輪輸"
    "轅轉辦辭農迴這連週進遊過遠遲選還邊鄉鄒鄔鄧鄭鄰鄺醫鈕鈡銀銷錄錢錯録鍵鍾鎭鎮鏈鐘長門閆閉開間閔"
    "閨閭閱閲闆關陳陸陽雙離雲電鞏韋韓頁項順預領頭頸題顏顔願類顧顯風颱養餘饒馬馮駕駱騙騰騷驗體髮鬍"
    "刪魯鮑鵬鶴麥麪麫麯麴麵麼麽黃點黨齊齡齣龍龐龔枱衞著"
    "備喪嘍埰場塊寀復憑採據斷檔漲營異統複試誤譜讀賬郵釋閤須額餵鬚"
)
SIMPLIFIED = (
    "丢并干并来局系个们家侨儿内两冻别刚刘动务区参丛吴吕员问启哑启单吗哒当向严啰苏国园圆图执报涂压"
    "寿伙娄妇妈嬷婶娘孙学宫宁审写对属岳师带帮并干几厦厂广张别弹录佛后从征爱态庆戚应蒙战户扫挂换折"
    "择抬扰摄教败数于时晓向晒会东查杨业干荣乐梁标样机检台柜权栾欧归残殡决没况凌汤准温满汉渐蒙沈湾"
    "为无烦热为爷床状呆独现毕当痴症瘫发卢真睁蒙朱确码禅种谷积窦个范简纪约终结给经绿线维网绿线编县"
    "总缪系缴继续才罗玩联声聂职听聋修脚脸卧台与兴举庄华万叶席卜参蒋姜蓝芦苏兰处号同胡卫里补里核见"
    "规亲订托记设许诉注证诈询话该详志认语说说谁请咨诸讲谢证识谭护变让丰买费贺资贾卖赵逾车轩辈轮输"
    "辕转办辞农回这连周进游过远迟选还边乡邹邬邓郑邻邝医钮钟银销录钱错录键钟镇镇链钟长门闫闭开间闵"
    "闺闾阅阅板关陈陆阳双离云电巩韦韩页项顺预领头颈题颜颜愿类顾显风台养余饶马冯驾骆骗腾骚验体发胡"
    "删鲁鲍鹏鹤麦面面曲曲面么么黄点党齐龄出龙庞龚台卫着"
    "备丧喽采场块采复凭采据断档涨营异统复试误谱读账邮释合须额喂须"
)
"""Place for place what `TRADITIONAL` is written as in our tables."""

CANTONESE = "咗冇唔嘅係喺佢睇俾畀嚟嗰哋識"
MANDARIN = "了没不的是在他看给给来那们识"
"""Place for place; what differs by more than a character stands in the tables themselves (老豆, 搞掂)."""

SIMPLER: Mapping[int, int] = MappingProxyType(str.maketrans(TRADITIONAL + CANTONESE, SIMPLIFIED + MANDARIN))
"""For `str.translate`."""
