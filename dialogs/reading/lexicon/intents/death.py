"""Rows of `intents.table` on a death: one that is on record by mistake, its money, and its report."""

from dialogs.reading.lexicon.intents.row import Rule

DEATH: tuple[Rule, ...] = (
    Rule(
        "human",
        (
            "(?:说|显示|写着?|登记|报|当|标|查到?|提示)(?:成|着|了|为)?(?:我|本人)(?:已经?)?.{0,3}(?:<death>|死)|"
            "(?:系统|社保).{0,2}(?:显示|提示|登记)(?:已经?)?(?:<death>)|^提示(?:已经?)?(?:<death>)"
        ),
        "(?:跟|和|同|向|对|帮|替|给|要|想).{0,8}(?:说|报|登记)(?:一下|一声)?我的?(?:<kin>)",
    ),
    Rule("not_ours", "<death_money>", "(?:报|登记|通知|告诉|上报)(?:一下|一声|了)?$|报告|上报|申报|报丧"),
    Rule(
        "death",
        "<death>|报丧|报个丧|人死了还|<gone_after_kin>|<gone_alone>|(?:老人家?|人)<when>{0,2}(?:死了|没了|走了|"
        "不在了)(?:$|,|怎么|要)",
        (
            "<alive>|"
            "(?:<death>|走了|不在了|没了|死了).*(?:(?:帮|给|替|为|代)<mine>(?:<kin>).{0,4}(?:认证|年审|"
            "办认证|刷脸)|(?:我|本人)(?:自己)?(?:来|要|想)?(?:做|办)?(?:认证|年审))"
        ),
    ),
)

PAY_AFTER_DEATH = (
    "(?:养老金|养老钱|养老待遇|退休金|退休工资|工资|待遇|(?<=[的里份笔些])钱).{0,6}(?:还|会|停|发|领|拿|给|退|取|怎|咋|点)|"
    r"\b(?:pension|payments?|money)\b.{0,20}\b(?:stop|end|paid|continue|go on|still)|"
    r"\bstill\b.{0,20}\bpension\b"
)
"""What becomes of a pension, asked by somebody who reports a death; elsewhere the words may mean anything."""
