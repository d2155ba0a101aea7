"""A stored session is read back complete, and a damaged one loses only what is damaged."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.session import NO_ERRAND, CertifiedPerson, Session, State
from dialogs.values import Identity, IdType, Scheme, Subject
from storage.messaging.session_codec import decode, encode
from storage.messaging.sessions import StoredSession
from tests.support.dialog.dialogue import NAME, NUMBER, talk

MOTHER = CertifiedPerson(
    Subject(Scheme.RESIDENT, Identity("陈秀英", IdType.RESIDENT_ID, NUMBER), "440100"),
    date(2027, 11, 30),
    datetime(2026, 11, 23, 8, 20, tzinfo=UTC),
)
PERSON = Identity(NAME, IdType.RESIDENT_ID, NUMBER)


def stored(**changes):
    session = talk(Session(person=PERSON, people=(MOTHER,), city="440100"), "企业职工认证").session
    return json.loads(encode(session)) | changes


def test_relation_of_early_details_is_stored():
    session = talk(Session(), f"我叫{NAME}，身份证{NUMBER}", "我爸叫陈山，身份证440524188001010014").session
    assert session.errand.early.relation == "father"
    assert decode(encode(session)) == session


def test_session_written_by_previous_release_is_read():
    text = (
        '{"state": "read_back", "language": "en", "city": "", "record_city": "", "subscribed": true, '
        '"handing_over": false, "serial": 3, "failures": 0, "misses": 0, "errand": {"scheme": "employee", '
        '"purpose": "certify", "manner": "self", "subject": {"name": "陈大文", "id_type": "resident_id", '
        f'"number": "{NUMBER}"}}, "relation": "", "told": true, "early": {{"own": {{"name": "", '
        '"id_type": null, "number": ""}, "given": {"name": "", "id_type": null, "number": ""}, '
        '"relation": ""}}, '
        '"agent": {"name": "", "id_type": null, "number": ""}, "person": null, "people": [{"scheme": '
        '"resident", "city": "440100", "due_on": "2027-11-30", "since": "2026-11-23T08:20:00+00:00", "name": '
        f'"陈秀英", "id_type": "resident_id", "number": "{NUMBER}"}}], "paused": null, '
        '"settled_until": null, "checked_at": "2026-11-23T08:00:00+00:00", "touched_at": null, "reports": []}'
    )
    session = decode(text)
    assert (session.state, session.serial, session.people) == (State.READ_BACK, 3, (MOTHER,))
    assert session.errand.subject.identity() == Identity("陈大文", IdType.RESIDENT_ID, NUMBER)
    assert decode(encode(session)) == session


def test_stored_json_keeps_its_keys_and_plain_values():
    fields = stored()
    assert fields["state"] == "agreement"
    assert fields["people"] == [
        {
            "scheme": "resident",
            "city": "440100",
            "due_on": "2027-11-30",
            "since": "2026-11-23T08:20:00Z",
            "name": "陈秀英",
            "id_type": "resident_id",
            "number": NUMBER,
        }
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"state": "selfie_pending"},
        {"errand": {"scheme": "civil"}},
        {"errand": {"scheme": "employee", "purpose": "dance"}},
        {"errand": {"scheme": "employee", "relation": "uncle"}},
        {"errand": ["employee"]},
        {"state": 7},
    ],
)
def test_damaged_state_or_errand_resets_to_home_and_keeps_the_rest(change, caplog):
    session = decode(json.dumps(stored(**change)))
    assert (session.state, session.errand) == (State.HOME, NO_ERRAND)
    assert (session.person, session.people, session.city) == (PERSON, (MOTHER,), "440100")
    assert len(caplog.records) == 1
    assert NUMBER not in caplog.text


@pytest.mark.parametrize(
    "change",
    [
        {"language": "yue"},
        {"paused": {"state": "dancing"}},
        {"serial": "many"},
        {"unheard_of": 1},
        {"agent": 3},
    ],
)
def test_only_the_damaged_field_is_lost(change):
    session = decode(json.dumps(stored(**change)))
    assert session.state is State.AGREEMENT
    assert session.people == (MOTHER,)


def test_relative_without_since_date_gets_an_early_one():
    fields = stored()
    del fields["people"][0]["since"]
    (known,) = decode(json.dumps(fields)).people
    assert known.subject == MOTHER.subject
    assert known.since < MOTHER.since - timedelta(days=365)


def test_readable_relatives_are_kept_beside_a_damaged_one():
    fields = stored()
    fields["people"].append({**fields["people"][0], "scheme": "civil"})
    assert decode(json.dumps(fields)).people == (MOTHER,)


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "\x00", "[" * 5000, '"x"'])
def test_unreadable_text_decodes_to_new_session(text):
    assert decode(text) == Session()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def paths(value, path=()):
    """Yield the path to every value in a JSON value."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from paths(one, (*path, key))


@given(st.sampled_from(list(paths(stored()))), JSON)
def test_session_with_random_damage_is_read_and_round_trips(place, damage):
    fields = {"root": stored()}
    *way, last = ("root", *place)
    inner = fields
    for key in way:
        inner = inner[key]
    inner[last] = damage
    session = decode(json.dumps(fields["root"]))
    assert decode(encode(session)) == session


@given(st.text(max_size=80))
def test_random_text_decodes_to_a_session(text):
    assert isinstance(decode(text), Session)


def by_parts(text):
    """Return the same JSON with an unknown field, so that it is decoded by parts."""
    fields = json.loads(text)
    return json.dumps(fields | {"unheard_of": 1} if isinstance(fields, dict) else fields)


ALONE = [
    Session(),
    Session(person=PERSON, city="440100", reports=(MOTHER.since,), offered=("本人办理",), serial=3),
    talk(Session(), "企业职工认证", "同意").session,
    talk(Session(person=PERSON), "城乡居民认证", "首页").session,
    talk(Session(), f"我叫{NAME}，身份证{NUMBER}", "English").session,
    Session(city='"people":[],"errand":{"'),
]


@pytest.mark.parametrize("session", [*ALONE, Session(people=(MOTHER,))])
def test_session_decoded_at_once_equals_session_decoded_by_parts(session):
    text = encode(session)
    assert decode(text) == decode(by_parts(text)) == session


def test_encoded_session_omits_default_values():
    """Each message reads, writes and seals a session."""
    fields = json.loads(encode(talk(Session(city="440100"), "首页").session))
    assert fields == {"city": "440100", "errand": {}, "touched_at": fields["touched_at"]}


def test_omitted_field_keeps_the_default_it_had_when_stored():
    """A changed default would change stored sessions: set the old one in `decode` first."""
    nobody = {"name": "", "id_type": None, "number": ""}
    early = {"own": nobody, "given": nobody, "relation": ""}
    errand = {"scheme": None, "purpose": "certify", "manner": "self", "subject": nobody, "relation": ""}
    errand |= {"told": False, "early": early, "search": "", "page": 0}
    fields = {"state": "home", "errand": errand, "agent": nobody, "person": None, "people": []}
    fields |= {"paused": None, "language": "zh", "answered_by": "bot", "progress": None}
    fields |= dict.fromkeys(("city", "record_city"), "") | {name: [] for name in ("reports", "offered")}
    fields |= dict.fromkeys(("settled_until", "checked_at", "linked_at", "touched_at"))
    fields |= dict.fromkeys(("subscribed", "handing_over"), False)
    fields |= dict.fromkeys(("serial", "failures", "misses"), 0)
    assert decode(json.dumps(fields)) == Session()


def test_empty_session_is_not_damaged():
    assert not StoredSession(1, encode(Session())).is_damaged


ERRANDLESS = '{"state":"read_back","people":[],"subject":{"name":"陈大文","id_type":null,"number":""}}'


@pytest.mark.parametrize(
    "text",
    [
        ERRANDLESS,
        ERRANDLESS.replace('"people"', '"paused":{"state":"name","errand":{"page":2}},"people"'),
        '{"state":"name","errand":{"scheme":"employee"},"people":[{"people":[]}]}',
        '{"state":"name","errand":{"scheme":"civil"},"people":[],"serial":7}',
    ],
)
def test_older_text_decoded_at_once_equals_text_decoded_by_parts(text):
    assert decode(text) == decode(by_parts(text))


def test_errand_written_by_first_release_is_read():
    assert decode(ERRANDLESS).errand.subject.name == "陈大文"


@given(st.sampled_from(list(paths(json.loads(encode(ALONE[1]))))), JSON)
def test_damaged_text_decoded_at_once_equals_text_decoded_by_parts(place, damage):
    fields = {"root": json.loads(encode(ALONE[1]))}
    *way, last = ("root", *place)
    inner = fields
    for key in way:
        inner = inner[key]
    inner[last] = damage
    text = json.dumps(fields["root"], ensure_ascii=False, separators=(",", ":"))
    assert decode(text) == decode(by_parts(text))
