"""Records of a session: copies with changed fields, and a repr without anything that a person typed."""

import pytest

from dialogs.immutable_record import replace
from dialogs.session import Draft, Errand, Session, State
from dialogs.values import IdType
from tests.support.dialog.dialogue import NAME, NUMBER, PERSON


def test_replace_changes_the_copy_and_not_the_original():
    before = Session(serial=3)
    after = replace(before, state=State.NAME)
    assert (after.state, after.serial, before.state) == (State.NAME, 3, State.HOME)


@pytest.mark.parametrize("value", [Session(), PERSON])
def test_replace_refuses_an_unknown_field(value):
    with pytest.raises(TypeError):
        replace(value, nothing=1)


def test_repr_of_session_reveals_nothing_typed():
    draft = Draft(NAME, IdType.RESIDENT_ID, NUMBER)
    session = Session(errand=Errand(subject=draft, search=NAME), agent=draft, person=PERSON, offered=(NAME,))
    shown = repr(session)
    assert NAME not in shown
    assert NUMBER not in shown
    assert "state=<State.HOME: 'home'>" in shown
