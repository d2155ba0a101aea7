"""States before the read-back: scheme, agreement, guide, manner, and the details of people."""

from dialogs.flow.states.conditions import (
    are_details_given,
    are_relative_details_given,
    has_agent,
    has_known_relatives,
    is_agent_known,
    is_agent_named,
    is_complete,
    is_declared_agent,
    is_known,
    is_named,
    is_query,
    is_ready_for_document,
    is_ready_for_read_back,
    is_relative_named,
    is_report,
    is_searching,
    may_query_given,
    may_query_other,
    may_query_relative,
    may_see_own_record,
)
from dialogs.flow.states.prompts import (
    FIRST_CITIES,
    ID_TYPE_LABELS,
    LEAVING_CHOICES,
    OTHER_CITIES,
    SCHEME_LABELS,
    agent_id_type_prompt,
    for_scheme,
    home_prompt,
    id_type_prompt,
    name_prompt,
    number_prompt,
    plain,
    relative_prompt,
)
from dialogs.flow.states.questions import (
    agent_name_answer,
    city_answer,
    id_type_answer,
    name_answer,
    number_answer,
    of_agent,
    of_subject,
    relative_answer,
)
from dialogs.flow.states.row import Group, Move, Question, StateRow, in_groups
from dialogs.flow.states.triggers import Trigger
from dialogs.progress import FunnelStep
from dialogs.session import State
from dialogs.values import Purpose
from messages.language.keys import Key
from messages.language.labels import Label

S, T, G, L = State, Trigger, Group, Label

BEYOND_AGENT = (
    Move(T.ANSWER, S.READ_BACK, is_ready_for_read_back),
    Move(T.ANSWER, S.ID_TYPE, is_ready_for_document),
)
"""Moves of an answer about the agent that skip the questions answered before."""

QUERY_OTHER = (
    Move(T.QUERY_OTHER, S.READ_BACK, may_query_given),
    Move(T.QUERY_OTHER, S.RELATIVE, may_query_relative),
    Move(T.QUERY_OTHER, S.NAME, may_query_other),
)
"""Moves from a query of one's own record to a query for another person."""

BACK_TO_ERRAND = (
    Move(T.BACK, S.HOME, is_report),
    Move(T.BACK, S.GUIDE, is_query),
    Move(T.BACK, S.MANNER),
)
"""Moves back from the first question about the person, by the errand."""


def to_own_details(trigger: Trigger) -> tuple[Move, ...]:
    """Return the moves to the first of the writer's own details that is missing, or to the read-back."""
    return (
        Move(trigger, S.READ_BACK, are_details_given),
        Move(trigger, S.READ_BACK, is_known),
        Move(trigger, S.ID_TYPE, is_named),
        Move(trigger, S.NAME),
    )


DETAILS: tuple[StateRow, ...] = (
    StateRow(
        S.HOME,
        home_prompt,
        tuple(SCHEME_LABELS),
        groups=in_groups(G.BEFORE_PEOPLE),
        moves=(Move(T.BACK, S.HOME),),
    ),
    StateRow(
        S.CITY,
        plain(Key.CITY),
        (*FIRST_CITIES, L.MORE_CITIES, L.HOME),
        question=Question(city_answer, Key.WRONG_CITY),
        groups=in_groups(G.ASKS_CITY),
        moves=(Move(T.ANSWER, S.HOME), Move(T.MORE_CITIES, S.MORE_CITIES), Move(T.BACK, S.HOME)),
    ),
    StateRow(
        S.MORE_CITIES,
        plain(Key.MORE_CITIES),
        (*OTHER_CITIES, *LEAVING_CHOICES),
        question=Question(city_answer, Key.WRONG_CITY),
        groups=in_groups(G.ASKS_CITY),
        moves=(Move(T.ANSWER, S.HOME), Move(T.BACK, S.CITY)),
    ),
    StateRow(
        S.AGREEMENT,
        for_scheme(Key.AGREEMENT),
        (L.AGREE, L.HOME),
        groups=in_groups(G.BEFORE_PEOPLE),
        moves=(Move(T.AGREE, S.GUIDE), Move(T.BACK, S.HOME)),
    ),
    StateRow(
        S.GUIDE,
        plain(Key.GUIDE),
        (L.START, L.QUERY),
        groups=in_groups(G.BEFORE_PEOPLE, G.AGREED, G.RESUMABLE),
        moves=(
            Move(T.START, S.MANNER),
            Move(T.QUERY, S.RECORD, may_see_own_record),
            *to_own_details(T.QUERY),
            Move(T.BACK, S.AGREEMENT),
        ),
        reaches=FunnelStep.AGREED,
    ),
    StateRow(
        S.MANNER,
        plain(Key.MANNER),
        (L.SELF, L.AGENT),
        groups=in_groups(G.BEFORE_PEOPLE, G.AGREED, G.RESUMABLE),
        moves=(
            *to_own_details(T.SELF),
            Move(T.AGENT, S.READ_BACK, are_relative_details_given),
            Move(T.AGENT, S.ID_TYPE, is_relative_named),
            Move(T.AGENT, S.RELATIVE, has_known_relatives),
            Move(T.AGENT, S.NAME, has_agent),
            Move(T.AGENT, S.AGENT_ID_TYPE, is_agent_named),
            Move(T.AGENT, S.AGENT_NAME),
            Move(T.BACK, S.GUIDE),
        ),
        reaches=FunnelStep.AGREED,
    ),
    StateRow(
        S.AGENT_NAME,
        plain(Key.AGENT_NAME),
        LEAVING_CHOICES,
        question=Question(of_agent(agent_name_answer), Key.WRONG_NAME),
        edit=S.AGENT_NAME,
        groups=in_groups(G.RESUMABLE, G.ASKS_AGENT, G.ASKS_NAME),
        moves=(
            *BEYOND_AGENT,
            Move(T.ANSWER, S.NAME, is_agent_known),
            Move(T.ANSWER, S.AGENT_ID_TYPE),
            Move(T.BACK, S.MANNER),
        ),
        reaches=FunnelStep.AGREED,
    ),
    StateRow(
        S.AGENT_ID_TYPE,
        agent_id_type_prompt,
        (*ID_TYPE_LABELS.values(), *LEAVING_CHOICES),
        question=Question(of_agent(id_type_answer), Key.WRONG_ID_TYPE),
        edit=S.AGENT_NAME,
        groups=in_groups(G.RESUMABLE, G.ASKS_AGENT),
        moves=(
            *BEYOND_AGENT,
            Move(T.ANSWER, S.NAME, is_agent_known),
            Move(T.ANSWER, S.AGENT_NUMBER),
            Move(T.BACK, S.AGENT_NAME),
        ),
        reaches=FunnelStep.AGREED,
    ),
    StateRow(
        S.AGENT_NUMBER,
        plain(Key.AGENT_NUMBER),
        LEAVING_CHOICES,
        question=Question(of_agent(number_answer), Key.WRONG_NUMBER),
        edit=S.AGENT_NAME,
        groups=in_groups(G.RESUMABLE, G.ASKS_AGENT),
        moves=(
            *BEYOND_AGENT,
            Move(T.ANSWER, S.NAME),
            Move(T.BACK, S.AGENT_ID_TYPE),
        ),
        reaches=FunnelStep.AGREED,
    ),
    StateRow(
        S.RELATIVE,
        relative_prompt,
        (L.SOMEBODY_ELSE, *LEAVING_CHOICES),
        question=Question(relative_answer, Key.WRONG_RELATIVE),
        groups=in_groups(G.RESUMABLE, G.ASKS_NAME, G.OFFERS_AGENT_EDIT),
        moves=(
            Move(T.ANSWER, S.RELATIVE, is_searching),
            Move(T.ANSWER, S.READ_BACK, is_complete),
            Move(T.ANSWER, S.ID_TYPE),
            Move(T.MORE_RELATIVES, S.RELATIVE),
            Move(T.SOMEBODY_ELSE, S.NAME),
            *BACK_TO_ERRAND,
            Move(T.EDIT_AGENT, S.AGENT_NAME, is_declared_agent),
        ),
        reaches=FunnelStep.AGREED,
    ),
    StateRow(
        S.NAME,
        name_prompt,
        LEAVING_CHOICES,
        by_purpose={Purpose.QUERY: (L.QUERY_OTHER, *LEAVING_CHOICES)},
        question=Question(of_subject(name_answer), Key.WRONG_NAME),
        edit=S.NAME,
        groups=in_groups(G.RESUMABLE, G.ASKS_NAME, G.OFFERS_AGENT_EDIT),
        moves=(
            Move(T.EDIT_AGENT, S.AGENT_NAME, is_declared_agent),
            Move(T.ANSWER, S.READ_BACK, is_complete),
            Move(T.ANSWER, S.ID_TYPE),
            *QUERY_OTHER,
            *BACK_TO_ERRAND,
        ),
        reaches=FunnelStep.AGREED,
    ),
    StateRow(
        S.ID_TYPE,
        id_type_prompt,
        (*ID_TYPE_LABELS.values(), *LEAVING_CHOICES),
        question=Question(of_subject(id_type_answer), Key.WRONG_ID_TYPE),
        edit=S.NAME,
        groups=in_groups(G.RESUMABLE),
        moves=(
            Move(T.ANSWER, S.READ_BACK, is_complete),
            Move(T.ANSWER, S.NUMBER),
            *QUERY_OTHER,
            Move(T.BACK, S.NAME),
        ),
        reaches=FunnelStep.AGREED,
    ),
    StateRow(
        S.NUMBER,
        number_prompt,
        LEAVING_CHOICES,
        question=Question(of_subject(number_answer), Key.WRONG_NUMBER),
        edit=S.NAME,
        groups=in_groups(G.RESUMABLE),
        moves=(Move(T.ANSWER, S.READ_BACK), *QUERY_OTHER, Move(T.BACK, S.ID_TYPE)),
        reaches=FunnelStep.AGREED,
    ),
)
