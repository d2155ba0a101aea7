"""《用户服务协议》 and 《隐私政策》, each in both languages; a change of meaning is a new `TERMS_VERSION`."""

from dataclasses import dataclass

from messages.english_labels import ENGLISH_LABELS
from messages.labels import Label
from messages.words import Word


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, then a paragraph if there is one, then points."""

    heading: Word
    paragraph: Word | None = None
    points: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What a person is asked to read; `title` is the page's name, `heading` stands above it."""

    title: Word
    heading: Word
    sections: tuple[Section, ...]


VERSION = Word("版本 {version}", "Version {version}")

AGREEMENT = Document(
    Word("用户服务协议", "User Service Agreement"),
    Word("《用户服务协议》", "User Service Agreement"),
    (
        Section(
            Word("这是什么服务", "What this service is"),
            Word(
                "每年一次，确认领取养老保险待遇的人健在，养老金照常发放。适用于企业职工和城乡居民养老保险。"
                "本服务不收费，也不会让您转账。",
                "Once a year it confirms that the person who receives a pension is alive, so that the "
                "pension goes on as usual. It is for the employee pension and the resident pension. "
                "The service is free, and never asks you to send money.",
            ),
        ),
        Section(
            Word("怎么办理", "How it is done"),
            Word(
                "您填写姓名和证件，由领取待遇的人本人刷脸，和登记的照片核对。通过后有回执号。"
                "为他人办理时，您登记的是自己的真实姓名和证件，刷脸的必须是领取待遇的人本人。",
                "You enter a name and an ID. The person who receives the pension does the face check, which "
                "is compared with the photo on record. Once it has passed there is a receipt number. "
                "If you do this for someone else, you register your own true name and ID, and the face check "
                "must be done by the person who receives the pension.",
            ),
        ),
        Section(
            Word("请您做到", "What we ask of you"),
            points=(
                Word(
                    "填写真实信息，不用别人的照片、录像代替本人。",
                    "Enter what is true, and use no photo or video of anybody in the person's place.",
                ),
                Word(
                    "链接只给要刷脸的人用，10 分钟内有效，只能用一次。",
                    "The link is only for the person of the face check. It works once, within 10 minutes.",
                ),
            ),
        ),
        Section(
            Word("我们做到的和做不到的", "What we can and cannot do"),
            points=(
                Word(
                    "系统忙、照片不清楚，都不算您失败，可以再来。",
                    "A busy system or an unclear picture does not count as failed. You can try again.",
                ),
                Word(
                    "机器核对可能出错。没通过不等于您的待遇有变化，可以请人工核对。",
                    "A machine can be wrong. Not passing does not mean that your pension changes. "
                    "You can ask for a person to check.",
                ),
                Word(
                    "待遇是否发放、金额多少，由社保经办机构决定，不由本服务决定。",
                    "Whether a pension is paid, and how much, is decided by the pension office, "
                    "not by this service.",
                ),
            ),
        ),
        Section(
            Word("不想用手机办", "If you would rather not use the phone"),
            Word(
                "随时可以停。到社保经办机构柜台、预约上门，或拨 12333，效力一样。",
                "You can stop at any time. The counter of the pension office, a home visit or 12333 "
                "count just as much.",
            ),
        ),
    ),
)

PRIVACY = Document(
    Word("隐私政策", "Privacy Policy"),
    Word("《隐私政策》", "Privacy Policy"),
    (
        Section(
            Word("我们用到哪些信息", "What we use"),
            points=(
                Word(
                    "姓名、证件类型和号码：用来找到您的待遇记录。",
                    "Name, kind of ID and its number: to find your pension record.",
                ),
                Word(
                    "您的微信账号标识：用来回复您。", "An identifier of your WeChat account: to answer you."
                ),
                Word(
                    "刷脸的照片或录像：用来核对是不是本人。",
                    "Photos or videos of the face check: to see that it is the person.",
                ),
                Word(
                    "为他人办理时，代办人的姓名和证件。",
                    "If you do this for someone else: your own name and ID.",
                ),
            ),
        ),
        Section(
            Word("人脸信息", "Face data"),
            points=(
                Word(
                    "刷脸之前会单独问您同不同意，您可以不同意。",
                    "Before the face check you are asked for a consent of its own. You may say no.",
                ),
                Word(
                    "这次拍的照片、录像在核对时使用，核对完马上丢掉，不保存。",
                    "Photos and videos taken now are used for the check, then thrown away at once. "
                    "They are not kept.",
                ),
                Word(
                    "登记照片算出的特征值加密保存，和姓名、证件分开放，只用于核对。",
                    "The numbers computed from the photo on record are kept encrypted, apart from name and "
                    "ID, and used for the check only.",
                ),
            ),
        ),
        Section(
            Word("怎么保管", "How it is kept"),
            Word(
                "姓名、证件号码加密保存。每次核对都有记录。回执和页面上只显示遮住一部分的姓名和号码。",
                "Names and ID numbers are kept encrypted. Every check is written down. Receipts and pages "
                "show names and numbers with a part covered.",
            ),
        ),
        Section(
            Word("给谁看", "Who sees it"),
            Word(
                "认证结果交给您待遇领取地的社保经办机构。不卖给任何人，不用来做广告。",
                "The result goes to the pension office of the place that pays your pension. "
                "It is sold to nobody and used for no advertising.",
            ),
        ),
        Section(
            Word("您可以", "What you can do"),
            points=(
                Word(
                    f"撤回对人脸信息的同意：在聊天里回复“{Label.WITHDRAW_FACE}”，或联系社保经办机构。",
                    "Take back the consent to face data: reply "
                    f'"{ENGLISH_LABELS[Label.WITHDRAW_FACE]}" in the chat, or contact the pension office.',
                ),
                Word(
                    "查询或更正您的信息：联系社保经办机构，或拨 12333。",
                    "See or correct your details: contact the pension office, or call 12333.",
                ),
                Word(
                    "不刷脸：到柜台、预约上门，或拨 12333，一样有效。",
                    "Do without a face check: the counter, a home visit or 12333 count just as much.",
                ),
            ),
        ),
    ),
)
