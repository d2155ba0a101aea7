"""Records of a conversation: copies with other fields, and no text of a person in what is shown of them."""

import pytest

from dialogs.immutable_record import replace
from dialogs.session import Draft, Errand, Session, State
from dialogs.values import IdType
from tests.support.dialog.dialogue import NAME, NUMBER, PERSON


def test_a_copy_has_the_other_fields_and_the_first_stays_as_it_was():
    before = Session(serial=3)
    after = replace(before, state=State.NAME)
    assert (after.state, after.serial, before.state) == (State.NAME, 3, State.HOME)


@pytest.mark.parametrize("value", [Session(), PERSON])
def test_an_unknown_field_is_refused(value):
    with pytest.raises(TypeError):
        replace(value, nothing=1)


def test_nothing_that_was_typed_is_shown():
    draft = Draft(NAME, IdType.RESIDENT_ID, NUMBER)
    session = Session(errand=Errand(subject=draft, search=NAME), agent=draft, person=PERSON, offered=(NAME,))
    shown = repr(session)
    assert NAME not in shown
    assert NUMBER not in shown
    assert "state=<State.HOME: 'home'>" in shown
