"""A state is one row: once added to the table, it is offered, reached, left, grouped and drawn."""

from dialogs.flow.diagram import mermaid
from dialogs.flow.interpret import understand
from dialogs.flow.machine import FLOW, Flow
from dialogs.flow.outcome import choices
from dialogs.flow.states.prompts import LEAVING_CHOICES, plain
from dialogs.flow.states.questions import city_answer
from dialogs.flow.states.row import Group, Move, Question, StateRow, in_groups
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.table import ROWS
from dialogs.immutable_record import replace
from dialogs.reading.reader import Utterance
from dialogs.session import Session, State
from messages.inbound import Text
from messages.language.keys import Key
from messages.language.labels import Label
from tests.support.dialog.states import ANSWERS

SURVEY = StateRow(
    "survey",
    plain(Key.THANKS),
    (Label.CONTINUE, Label.HOME),
    question=Question(city_answer, Key.WRONG_CITY),
    groups=in_groups(Group.OVER),
    moves=(
        Move(Trigger.NEXT, "survey"),
        Move(Trigger.CONTINUE, State.PASSED),
        Move(Trigger.BACK, State.HOME),
    ),
)
THERE = Session(state="survey")


def test_row_added_to_the_table_is_a_working_state():
    flow = Flow([*ROWS, SURVEY])
    offered = choices(THERE, flow)
    assert offered == (Label.CONTINUE, Label.HOME)
    assert flow.row("survey").prompt(THERE) == (Key.THANKS, {})
    assert flow.next_state(THERE, understand(Text("1"), offered).trigger) is State.PASSED
    assert flow.next_state(THERE, understand(Text("返回首页"), offered).trigger) is State.HOME
    assert flow.next_state(THERE, Trigger.EDIT) is State.HOME
    assert flow.question("survey").accept(THERE, Utterance("广州")).city == "440100"
    assert flow.is_in("survey", Group.OVER)
    assert "survey --> passed : continue" in mermaid(flow)
    assert flow.next_state(Session(), Trigger.NEXT) is None


def test_random_walks_have_an_answer_to_every_free_text_question():
    asked = [
        state
        for state in State
        if FLOW.question(state) and set(choices(replace(Session(), state=state))) <= set(LEAVING_CHOICES)
    ]
    missing = [str(state) for state in asked if state not in ANSWERS]
    assert not missing, f"say in ANSWERS of tests/support/dialog/states.py what is typed at {missing}"
