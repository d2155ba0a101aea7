"""Every state of the dialog, for tests to start from."""

from dialogs.immutable_record import replace
from dialogs.session import Session, State
from tests.support.dialog.dialogue import (
    EMPLOYEE,
    FOR_ONESELF,
    FOR_OTHER,
    NAME,
    NUMBER,
    OTHER,
    TO_MANNER,
    TO_READ_BACK,
    talk,
    talk_to_notice,
)

EVERYWHERE = {
    State.HOME: (),
    State.AGREEMENT: (EMPLOYEE,),
    State.GUIDE: (EMPLOYEE, "同意并开始办理"),
    State.MANNER: (EMPLOYEE, *TO_MANNER),
    State.AGENT_NAME: FOR_OTHER,
    State.AGENT_ID_TYPE: (*FOR_OTHER, NAME),
    State.AGENT_NUMBER: (*FOR_OTHER, NAME, "护照"),
    State.NAME: FOR_ONESELF,
    State.ID_TYPE: (*FOR_ONESELF, NAME),
    State.NUMBER: (*FOR_ONESELF, NAME, "护照"),
    State.READ_BACK: (EMPLOYEE, *TO_READ_BACK),
    State.CHECKING: (EMPLOYEE, *TO_READ_BACK, "下一步"),
}


ANSWERS = {
    State.AGENT_NAME: NAME,
    State.AGENT_ID_TYPE: "1",
    State.AGENT_NUMBER: NUMBER,
    State.NAME: OTHER.name,
    State.ID_TYPE: "1",
    State.NUMBER: OTHER.number,
}
"""The answer to each question without choices; without it no random walk gets past the question."""


def session_in(state: State) -> Session:
    """Return a session in this state, reached by talking where talking alone leads there."""
    if state in EVERYWHERE:
        session = talk(Session(), *EVERYWHERE[state]).session
        assert session.state is state
        return session
    return replace(talk_to_notice().session, state=state)
