"""What is said in place of a choice: by the question's state, the words and the state that follows."""

from dialogs.session import State

ANSWERED = {
    State.AGREEMENT: {
        "同意": State.GUIDE,
        "我同意": State.GUIDE,
        "I agree": State.GUIDE,
        "好的": State.AGREEMENT,
    },
    State.GUIDE: {
        "好的": State.MANNER,
        "开始": State.MANNER,
        "查一下": State.NAME,
        "ok": State.MANNER,
    },
    State.MANNER: {
        "本人": State.NAME,
        "我自己": State.NAME,
        "给自己": State.NAME,
        "给我自己办": State.NAME,
        "for myself": State.NAME,
        "我妈": State.AGENT_NAME,
        "给老伴办": State.AGENT_NAME,
        "帮别人": State.AGENT_NAME,
        "for my mother": State.AGENT_NAME,
        "家人": State.AGENT_NAME,
        "someone else": State.AGENT_NAME,
    },
    State.READ_BACK: {
        "对": State.CHECKING,
        "没错": State.CHECKING,
        "是的": State.CHECKING,
        "好": State.CHECKING,
        "yes": State.CHECKING,
        "不对": State.NAME,
        "错了": State.NAME,
        "好像不对": State.NAME,
        "名字写错了": State.NAME,
        "改一下": State.NAME,
        "no": State.NAME,
        "下一部": State.CHECKING,
        "返回": State.NUMBER,
        "选错了": State.NUMBER,
        "算了不弄了": State.READ_BACK,
        "go back": State.NUMBER,
        "算了": State.HOME,
        "等一下": State.READ_BACK,
    },
    State.NOTICE: {
        "好的": State.CAPTURE,
        "准备好了": State.CAPTURE,
        "ready": State.CAPTURE,
        "稍等": State.NOTICE,
    },
    State.NUMBER: {
        "上一页": State.ID_TYPE,
        "号码填错了": State.NUMBER,
        "怎么弄": State.NUMBER,
        "取消": State.HOME,
    },
}
