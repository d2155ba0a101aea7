"""A list in Big5 is recognised and refused: decoded as GB18030, its names would be other people's."""

from datetime import date

import pytest

from dialogs.reading.lexicon.surnames import DOUBLE_SURNAMES
from dialogs.rules.id_numbers import check_digit
from storage.registry.file import open_registry_file
from storage.registry.row import COLUMNS, RegistryRow
from storage.sheets.faults import BadFile, FileFault

TODAY = date(2026, 11, 23)
TRADITIONAL = "險種,姓名,證件類型,證件號碼,待遇領取地,待遇狀態,待遇開始日期,上次認證日期,照片,死亡日期"
SIMPLIFIED = "险种,姓名,证件类型,证件号码,待遇领取地,待遇状态,待遇开始日期,上次认证日期,照片,死亡日期"
NAMES = ("陳大文", "張國華", "歐陽桂蘭", "李小紅", "何志強", "黃淑儀", "梁錦榮", "鄭美玲", "林秀英", "吳健")
CODES = ",".join(COLUMNS)
PLAIN = ("陈大文", "张国华", "欧阳桂兰", "李小红", "何志强", "黄淑仪", "梁锦荣", "郑美玲", "林秀英", "吴健")
RARE = ("陈䶮", "张喆", "欧阳頔", "李堃", "何赟", "黄珺", "梁燊", "郑昇", "林菁", "吴祎")


def written(path, names, encoding, header=CODES):
    """Write a registry file of these people."""
    lines = [header]
    for number, name in enumerate(names):
        digits = f"44010319500101{number:03d}"
        lines.append(f"employee,{name},resident_id,{digits}{check_digit(digits)},440100,active,2010-01-01,,,")
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


@pytest.mark.parametrize("header", [CODES, TRADITIONAL], ids=["codes", "traditional"])
@pytest.mark.parametrize("names", [NAMES, NAMES[:2], NAMES[4:5]], ids=["ten", "two", "one"])
def test_list_in_big5_is_refused_as_big5(tmp_path, header, names):
    with pytest.raises(BadFile) as told:
        open_registry_file(written(tmp_path / "a.csv", names, "big5", header), TODAY)
    assert told.value.fault is FileFault.BIG5
    assert "Big5" in str(told.value)


@pytest.mark.parametrize("name", ["葉天華", "宋蓮", "馬勝宏", "葉勝華"])
def test_one_name_whose_bytes_are_everyday_characters_of_gb18030_too(tmp_path, name):
    with pytest.raises(BadFile) as told:
        open_registry_file(written(tmp_path / "a.csv", (name,), "big5"), TODAY)
    assert told.value.fault is FileFault.BIG5


@pytest.mark.parametrize(
    "name", ["龙文宏", "买买提·艾力", "扎西", *(f"{one}丽" for one in DOUBLE_SURNAMES.split("|"))]
)
def test_one_rare_name_in_gb18030_is_read(tmp_path, name):
    (row,) = open_registry_file(written(tmp_path / "a.csv", (name,), "gb18030"), TODAY).rows()
    assert row.beneficiary.identity.name == name


@pytest.mark.parametrize("header", [CODES, SIMPLIFIED], ids=["codes", "simplified"])
@pytest.mark.parametrize("names", [PLAIN, NAMES, RARE, NAMES[:1], RARE[:1]], ids=str)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_same_list_in_supported_encoding_is_read(tmp_path, header, names, encoding):
    rows = list(open_registry_file(written(tmp_path / "a.csv", names, encoding, header), TODAY).rows())
    assert [type(row) for row in rows] == [RegistryRow] * len(names)
    assert tuple(row.beneficiary.identity.name for row in rows) == names
