"""Chinese headings and faults of registry files, for the office that mends them."""

from collections.abc import Mapping
from types import MappingProxyType

COLUMNS: Mapping[str, str] = MappingProxyType(
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

FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "unreadable": "这一行有无法识别的字符，编码与文件其他部分不同。",
        "quotation": "这一行的引号不成对。",
        "too_many_cells": "这一行的单元格比表头多。",
        "hidden": "这一行在表格里是隐藏的，请取消隐藏或删除后再导入。",
        "empty": "{column}没有填。",
        "unknown": "{column}的内容不在可选范围内。",
        "not_a_name": "{column}里有不能用于姓名的字符，或者长度不对。",
        "not_a_number": "{column}不符合这种证件的号码规则，请核对。",
        "digits_lost": "{column}被表格当成数字，后几位已经丢失，请把单元格设为文本后重新填写。",
        "unknown_region": "{column}不是已知的城市或行政区划代码。",
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

FILES: Mapping[str, str] = MappingProxyType(
    {
        "damaged": "这个表格读不了，可能损坏了，或是别的程序做的。请用表格软件打开，另存为 XLSX。",
        "locked": "这个表格有密码，请去掉密码再保存一次。",
        "pdf": "这是 PDF 文件。请要一份表格（XLSX 或 CSV）。",
        "archive": "这是压缩包，请先解压。",
        "picture": "这是图片，不是名单。",
        "web_page": "这其实是网页，只是改了名字。请用表格软件打开，另存为 XLSX。",
        "xml": "这是 XML 文件。请用表格软件打开，另存为 XLSX。",
        "not_read": "这个文件读不了：{detail}",
        "no_columns": "表头缺少这些列：{detail}",
        "twin_columns": "表头里有一列出现了不止一次：{detail}",
        "several_sheets": "有几张工作表都像名单，请只留一张：{detail}",
        "hidden_rows": "表格里有隐藏的行。请全部取消隐藏，再保存一次。",
    }
)
"""Why a file is no list at all, by `storage.sheets.faults.FileFault`."""

REJECTS: Mapping[str, str] = MappingProxyType({"reason": "原因"})
"""Headings of the reject file's own columns."""
