"""In every state: home, back, help, and human help after three misses."""

from dialogs.effects import ReadReminders
from dialogs.events import RemindersRead
from dialogs.flow.outcome import choices
from dialogs.flow.step import step
from dialogs.immutable_record import replace
from dialogs.session import State
from messages.inbound import Click, Media, MediaKind, Text
from tests.support.dialog.dialogue import NOW, PERSON, reply_text, talk
from tests.support.dialog.states import session_in
from tests.support.tables import over

BACK_TO = {
    State.HOME: State.HOME,
    State.AGREEMENT: State.HOME,
    State.GUIDE: State.AGREEMENT,
    State.MANNER: State.GUIDE,
    State.AGENT_NAME: State.MANNER,
    State.AGENT_ID_TYPE: State.AGENT_NAME,
    State.AGENT_NUMBER: State.AGENT_ID_TYPE,
    State.NAME: State.MANNER,
    State.ID_TYPE: State.NAME,
    State.NUMBER: State.ID_TYPE,
    State.READ_BACK: State.NUMBER,
    State.CHECKING: State.READ_BACK,
    State.NOTICE: State.READ_BACK,
    State.CAPTURE: State.NOTICE,
    State.FAILED: State.NOTICE,
    State.FAILED_TOO_OFTEN: State.NOTICE,
    State.PASSED: State.HOME,
    State.MISMATCH: State.READ_BACK,
    State.ABNORMAL: State.READ_BACK,
    State.COUNTER: State.READ_BACK,
    State.NO_REFERENCE: State.READ_BACK,
    State.NO_RECORD: State.READ_BACK,
    State.CITY: State.HOME,
    State.MORE_CITIES: State.CITY,
    State.RELATIVE: State.MANNER,
    State.RECHECKING: State.READ_BACK,
    State.RECORD: State.GUIDE,
    State.REPORTED: State.HOME,
    State.REPORTS_HELD: State.HOME,
    State.WITHDRAWAL: State.HOME,
    State.WITHDRAWN: State.HOME,
    State.ERASURE: State.HOME,
}


@over(State)
def test_home_is_reached_from_every_state(state):
    taken = talk(session_in(state), "返回首页")
    assert taken.session.state is State.HOME
    assert "企业职工养老保险" in reply_text(taken)


@over(State)
def test_back_leads_to_the_previous_step(state):
    taken = talk(session_in(state), "上一步")
    assert taken.session.state is BACK_TO[state]
    assert "没明白" not in reply_text(taken)


@over(
    State,
    [
        (Text("帮助"), "两件事"),
        (Text("人工服务"), "12333"),
        (Click("HELP"), "两件事"),
        (Media(MediaKind.VOICE), "语音"),
    ],
)
def test_side_request_is_answered_and_keeps_the_state(state, event, words):
    session = session_in(state)
    taken = step(session, event, NOW)
    assert words in reply_text(taken)
    assert taken.session == replace(session, misses=taken.session.misses, touched_at=NOW)
    assert all(label in reply_text(taken) for label in choices(session))


@over(State, [Click("REMINDERS"), Text("还会提醒我吗")])
def test_reminder_question_reads_reminders_and_keeps_the_state(state, asked):
    session = session_in(state)
    taken = step(session, asked, NOW)
    assert taken.effects == (ReadReminders(),)
    told = step(taken.session, RemindersRead((PERSON,), ()), NOW)
    assert "到期提醒已经开通" in reply_text(told)
    assert told.session.state is state


@over(State)
def test_third_miss_offers_human_help_in_every_state(state):
    session = session_in(state)
    texts = []
    for _ in range(3):
        taken = step(session, Click("ADVERT"), NOW)
        session = taken.session
        texts.append(reply_text(taken))
    assert [("12333" in text) for text in texts] == [False, False, True]
