"""Colloquial names of documents by `dialogs.values.IdType`; the first that fits counts."""

ID_DOCUMENT_NAMES: tuple[tuple[str, str], ...] = (
    ("foreigner_permanent_residence", "永久居留|永居|五星卡|外国人.{0,4}身份证|绿卡"),
    ("hmt_residence", "(?:港澳台|香港|澳门|台湾|居民)*居住证"),
    ("taiwan_permit", "台胞证|台湾.{0,8}通行证|来往大陆|台湾证"),
    ("hk_macau_permit", "回乡[证卡]|回港证|(?:港澳|香港|澳门).{0,8}通行证|来往内地|港澳证"),
    ("passport", "护照|passport"),
    ("resident_id", "身份证|身分证|二代证|idcard|身证"),
)
