"""Synonyms of a choice: by the state in which they are said, with the state that follows."""

ANSWERED: dict[str, tuple[tuple[str, str], ...]] = {
    "agreement": (("同意", "guide"), ("我同意", "guide"), ("I agree", "guide"), ("好的", "agreement")),
    "guide": (
        ("好的", "manner"),
        ("开始", "manner"),
        ("查一下", "name"),
        ("ok", "manner"),
        ("确定", "manner"),
    ),
    "manner": (
        *(
            ("本人", "name"),
            ("我自己", "name"),
            ("给自己", "name"),
            ("给我自己办", "name"),
            ("for myself", "name"),
        ),
        *(
            ("我妈", "agent_name"),
            ("给老伴办", "agent_name"),
            ("帮别人", "agent_name"),
            ("for my mother", "agent_name"),
        ),
        ("家人", "agent_name"),
        ("someone else", "agent_name"),
    ),
    "read_back": (
        *(
            ("对", "checking"),
            ("没错", "checking"),
            ("是的", "checking"),
            ("好", "checking"),
            ("yes", "checking"),
        ),
        *((words, "checking") for words in ("确定", "确定了", "我确定", "确定无误", "确定没错", "对，确定")),
        ("不对", "name"),
        ("错了", "name"),
        ("好像不对", "name"),
        ("名字写错了", "name"),
        ("改一下", "name"),
        ("no", "name"),
        ("下一部", "checking"),
        ("返回", "number"),
        ("选错了", "number"),
        ("算了不弄了", "read_back"),
        ("go back", "number"),
        ("算了", "home"),
        ("等一下", "read_back"),
    ),
    "notice": (
        ("好的", "capture"),
        ("准备好了", "capture"),
        ("ready", "capture"),
        ("确定了", "capture"),
        ("稍等", "notice"),
    ),
    "number": (("上一页", "id_type"), ("号码填错了", "number"), ("怎么弄", "number"), ("取消", "home")),
}
"""By state: (what is said, the state that follows)."""
