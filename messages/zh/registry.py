"""Chinese headings and faults of registry files, and words of loading them at the console."""

from collections.abc import Mapping
from types import MappingProxyType

REGISTRY_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "scheme": "险种",
        "name": "姓名",
        "id_type": "证件类型",
        "id_number": "证件号码",
        "city": "待遇领取地",
        "benefit_status": "待遇状态",
        "benefit_start": "待遇开始日期",
        "last_certified": "上次认证日期",
        "photo": "照片",
        "death_reported": "死亡日期",
    }
)

REGISTRY_FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "unreadable": "这一行有无法识别的字符，编码与文件其他部分不同。",
        "quotation": "这一行的引号不成对。",
        "too_many_cells": "这一行的单元格比表头多。",
        "hidden": "这一行在表格里是隐藏的，请取消隐藏或删除后再导入。",
        "empty": "{column}没有填。",
        "unknown": "{column}的内容没有认出来，可以写：{known}。",
        "not_a_name": "{column}里有不能用于姓名的字符，或者长度不对。",
        "not_a_number": "{column}不符合这种证件的号码规则，请核对。",
        "digits_lost": "{column}被表格当成数字，后几位已经丢失，请把单元格设为文本后重新填写。",
        "unknown_region": "{column}没有认出来：广东的城市可以写名称，其他地方请写六位行政区划代码，例如 430100。",
        "not_a_day": "{column}要写全年、月、日，年份在前，例如 2010-01-01。",
        "no_such_day": "{column}不是真实存在的日期。",
        "too_early": "{column}太早，请核对。",
        "in_future": "{column}晚于今天。",
        "too_far_ahead": "{column}在两年以后，请核对。",
        "before_birth": "{column}早于证件号码里的出生日期。",
        "too_old": "{column}里的出生日期太早，请核对。",
        "too_young": "{column}里的出生日期太晚，还不到领取待遇的年龄。",
        "alive_and_dead": "待遇状态是正常，却填了死亡日期。",
        "repeated": "这个人前面已经有相同的一行。",
        "contradicted": "这个人有几行，内容互相矛盾，请只保留正确的一行。",
        "two_names": "同一个证件号码用了不同的姓名，请核对。",
        "no_such_file": "{column}文件找不到，请放在名单所在的文件夹里。",
        "too_large": "{column}太大，文件不能超过 10 MB 或 4000 万像素。",
        "no_face": "{column}里没有看到人脸。",
        "multiple_faces": "{column}里不止一个人。",
        "too_dark": "{column}太暗。",
        "too_bright": "{column}太亮。",
        "blurred": "{column}模糊。",
        "too_far": "{column}里的人脸太小。",
        "too_close": "{column}里的人脸太大，超出了画面。",
        "off_centre": "{column}里的人脸不在画面里。",
        "not_frontal": "{column}里的人没有正对镜头。",
        "covered": "{column}里的人脸被遮住了。",
        "bad_media": "{column}打不开，请换成 JPEG、PNG 或 BMP 格式。",
    }
)
"""Why a row is refused, by `storage.sheets.faults.FaultKind`."""

REGISTRY_STATUSES: Mapping[str, str] = MappingProxyType(
    {"active": "正常", "suspended": "暂停", "terminated": "终止"}
)
"""Words for the payment states that are read, among others."""

REGISTRY_FILES: Mapping[str, str] = MappingProxyType(
    {
        "damaged": "这个表格读不了，可能损坏了，或是别的程序做的。请用表格软件打开，另存为 XLSX。",
        "locked": "这个表格有密码，请去掉密码再保存一次。",
        "pdf": "这是 PDF 文件。请要一份表格（XLSX 或 CSV）。",
        "archive": "这是压缩包，请先解压。",
        "picture": "这是图片，不是名单。",
        "web_page": "这其实是网页，只是改了名字。请用表格软件打开，另存为 XLSX。",
        "xml": "这是 XML 文件。请用表格软件打开，另存为 XLSX。",
        "not_read": "这个文件读不了：{detail}",
        "big5": "这份名单是 Big5（繁体）编码的，这里读不了。请用表格软件打开，另存为 XLSX 或“CSV UTF-8”。",
        "no_columns": "表头缺少这些列：{detail}",
        "twin_columns": "表头里有一列出现了不止一次：{detail}",
        "several_sheets": "有几张工作表都像名单，请只留一张：{detail}",
        "huge_workbook": "这个表格展开后太大，请分成几份，或存成 CSV 再上传。",
        "no_archive": "这不是能打开的 ZIP 压缩包。",
        "locked_archive": "压缩包有密码，请不设密码再压缩一次。",
        "huge_archive": "压缩包里的文件太多或太大，请分几次上传。",
        "no_list": "压缩包里没有名单。请放一份表格，写明证件类型、证件号码和照片文件名。",
        "several_lists": "压缩包里有几份名单，请只留一份。",
    }
)
"""Why a file is not a list, by `storage.sheets.faults.FileFault`."""

REGISTRY_REJECTS: Mapping[str, str] = MappingProxyType({"reason": "原因"})
"""Headings of the reject file's own columns."""

CONSOLE_LOADING: Mapping[str, str] = MappingProxyType(
    {
        "loading_title": "导入",
        "registry_title": "导入名册",
        "registry_says": "CSV、XLSX 或 XLS。上传后先核对，不会马上改动名册；看过数目，再点“确认导入”。",
        "city_is": "全量名册的城市（可不填）",
        "city_says": "文件是某个城市的全部人员时才填，例如 广州市 或 440100。会列出系统里有、文件里没有的人。",
        "file_is": "名册文件",
        "photos_title": "批量登记照片",
        "photos_says": "一个 ZIP 压缩包，里面是照片和一份名单。名单要有证件类型、证件号码、照片三列。",
        "archive_is": "压缩包",
        "at_most": "不超过",
        "upload": "上传并核对",
        "full_of": "全量",
        "applied_is": "确认人",
        "cancelled_is": "取消人",
        "progress_is": "进度",
        "new": "新增",
        "changed": "有变化",
        "unchanged": "没变化",
        "refused": "没收下",
        "held": "系统里有",
        "missing": "文件里没有",
        "rejects_is": "没收下的行，附原因：",
        "refused_line": "第 {line} 行：{reason}",
        "more_refused": "其余 {count} 行在表格里。",
        "missing_is": "文件里没有的人：",
        "nothing_yet": "还没有改动任何内容。请先看数目和没收下的行，没有问题再确认。",
        "by_two_says": "要由另一位同事确认。",
        "apply": "确认导入",
        "cancel": "取消",
        "moves_says": "正在后台处理，可以离开这一页，稍后回来看。",
        "unknown_title": "有一次导入，这个版本不认识",
        "unknown_says": "编号 {number} 的导入由 {account} 在 {at} 开始，它的状态这个版本不认识，可能正由别的版本处理。它结束以前，不能上传新文件。",
        "unknown_stands": "它已经十分钟没有进展。请先问技术负责人；确定没有别的版本在处理，再取消它。",
        "same_file": "这个文件的内容，和 {account} 在 {at} 上传的完全一样（{state}）。",
        "history_title": "导入记录",
        "history_says": "上传的文件处理完就删除，没收下的行保留三天。",
        "number_is": "编号",
        "no_history": "还没有导入过。",
        "cancelled_now": "已取消，文件已删除。",
        "not_open": "这一次导入已经处理过，请看下面的记录。",
        "needs_other": "自己上传的，请另一位同事确认。",
        "no_file": "没有收到文件，请选好文件再上传。",
        "bad_city": "没有认出这个城市：广东的城市可以写名称，其他地方请写六位代码。",
        "other_open": "另一个文件正在处理，请等它完成，或先取消它。",
        "cancelled_meanwhile": "上传的时候，有人取消了这次导入。文件没有保留。",
        "file_too_large": "文件太大，没有收下，什么都没有改动。请分成几份再上传。",
        "no_space": "服务器没有地方存这个文件，没有收下，什么都没有改动。请联系技术负责人。",
        "broken_off": "上传中断了，文件没有保留。请再传一次。",
        "empty_file": "这个文件是空的。",
    }
)

CONSOLE_LOAD_KINDS: Mapping[str, str] = MappingProxyType({"registry": "名册", "photos": "照片"})

CONSOLE_LOAD_STATES: Mapping[str, str] = MappingProxyType(
    {
        "receiving": "正在上传",
        "counting": "正在核对",
        "counted": "核对好了，等确认",
        "applying": "正在导入",
        "applied": "已导入",
        "cancelled": "已取消",
        "expired": "三天没有确认，已取消",
        "unreadable": "文件读不了",
        "broken": "中断了",
    }
)
