"""Words of registry files from other programs: headings of columns and values; data for `storage.registry`.

Headings are compared without spaces, brackets and signs, 时间 as 日期. The codes of the contract and the
names that the catalogue has for schemes and documents need no row here.
"""

from collections.abc import Mapping
from types import MappingProxyType

HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "scheme": "险种|险种类型|险种名称|险种类别|参保险种|保险类型|养老保险类型|养老险种|insurance type",
        "name": (
            "姓名|人员姓名|参保人姓名|参保人员姓名|领取人姓名|待遇领取人姓名|领取人员姓名|名字|full name"
        ),
        "id_type": (
            "证件类型|证件种类|证件类别|证件名称|身份证件类型|有效证件类型|参保人证件类型|document type"
        ),
        "id_number": (
            "证件号码|证件号|证件编号|身份证件号码|身份证号|身份证号码|居民身份证号码|公民身份号码|公民身份证号码|"
            "社会保障号|社会保障号码|社保号|id no|document number"
        ),
        "city": (
            "城市|地市|地市代码|市|参保地|参保地代码|参保城市|待遇领取地|待遇领取地代码|领取地|领取地代码|领取城市|"
            "统筹区|统筹地区|统筹区代码|统筹区编码|统筹区编号|统筹地区代码|行政区划|行政区划代码|行政区划编码|"
            "所属城市|所属地市|城市代码|城市编码|city code|region code"
        ),
        "benefit_status": (
            "待遇状态|待遇发放状态|待遇领取状态|待遇享受状态|待遇支付状态|发放状态|领取状态|享受状态|支付状态|状态|"
            "status"
        ),
        "benefit_start": (
            "待遇开始日期|待遇起始日期|待遇享受开始日期|待遇享受日期|待遇领取开始日期|待遇领取日期|享受待遇开始日期|"
            "享受待遇日期|领取待遇日期|领取待遇开始日期|开始领取日期|领取开始日期|领取日期|首次领取日期|起始日期|"
            "开始日期|待遇核定日期|start date"
        ),
        "last_certified": (
            "上次认证日期|上次认证|最近认证日期|最近一次认证日期|最近认证|最后认证日期|最后一次认证日期|认证日期|"
            "资格认证日期|最近资格认证日期|上次资格认证日期|last certification"
        ),
        "photo": "照片|照片路径|照片文件|照片文件名|照片名|照片名称|相片|相片路径|人像|头像|证件照",
        "death_reported": (
            "死亡日期|死亡登记日期|死亡申报日期|死亡上报日期|报告死亡日期|死亡报告日期|身故日期|去世日期|逝世日期|"
            "date of death"
        ),
    }
)
"""Other headings of a column, by its name in the contract."""

SCHEME_AFFIXES = ("^城镇(?!居民)", "(?:基本)?(?:养老)?(?:保险)?(?:待遇)?$")
"""What a scheme's name has before and after its distinguishing part."""

SCHEMES: Mapping[str, str] = MappingProxyType(
    {
        "employee": "职工|企职|企业|城职|企保|职保|企职保|城职保",
        "resident": "居民|城乡|城居|居保|城居保|城镇居民|新农|新农保|农保|城乡居保",
    }
)
"""Other names of a scheme, without the affixes."""

STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "active": (
            "正常|正常发放|正常领取|正常享受|正常支付|待遇正常|在领|领取中|享受中|发放中|发放|领取|享受|在发|续发|"
            "恢复发放|normal"
        ),
        "suspended": (
            "暂停|暂停发放|暂停领取|暂停享受|暂停支付|待遇暂停|停发|中断|中止|中止发放|缓发|已暂停|已停发|paused"
        ),
        "terminated": (
            "终止|终止发放|终止领取|终止享受|终止支付|待遇终止|已终止|注销|已注销|死亡|死亡终止|已死亡|去世|身故|ended"
        ),
    }
)
"""Other names of a payment status."""

NOTHING = r"null|\n|n/a|nan|nat|none|undefined|无|空|空白|暂无|没有"
"""What stands, in small letters, where there is nothing; an error of a spreadsheet (#N/A) is not nothing."""

UNKNOWN_NAMES = "不详|不明|未知|不清楚|待定|待查|待补|待核实|合计|总计|小计"
"""What stands in the column of names where none is known, or beside a sum."""
