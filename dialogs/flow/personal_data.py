"""What is held of a person, told in kinds, and its deletion once they have confirmed it."""

from datetime import datetime

from dialogs.effects import AccountReleased, Effect, EndAgency, EraseData, Unsubscribe, WithdrawFace
from dialogs.events import HeldRead
from dialogs.flow.outcome import Step, aside, choices, office, say
from dialogs.records import replace
from dialogs.session import Session
from dialogs.values import SHANGHAI
from messages.keys import Key
from messages.labels import Label
from messages.outbound import Say


def held_read(session: Session, event: HeldRead) -> Step:
    """Tell the kinds of data, how long each is kept, and offer to delete what may go."""
    days = {
        Key.HELD_FACE: 0,
        Key.HELD_PASSES: 0,
        Key.HELD_REMINDERS: 0,
        Key.HELD_TIES: event.ties_days,
        Key.HELD_TALK: event.messages_days,
        Key.HELD_LINKS: event.links_days,
        Key.HELD_CONSENTS: 0,
    }
    absent = {
        Key.HELD_FACE: not event.has_face,
        Key.HELD_PASSES: not event.has_passes,
        Key.HELD_REMINDERS: not event.is_reminded,
    }
    lines = tuple(Say(key, {"days": str(of)}) for key, of in days.items() if not absent.get(key))
    offered = () if Label.ERASE in choices(session) else (Label.ERASE,)
    key = Key.HELD if session.person else Key.HELD_UNKNOWN
    return aside(replace(session, offered=offered), key, {"lines": lines, "office": office(session)})


def erased(session: Session, now: datetime) -> Step:
    """Delete what may go: the account begins anew, and says so with the time as its receipt.

    What stays is the language, the times of the day's death reports, which are limited, and the serial, by
    which a check under way is known as abandoned. The office gets the task that a withdrawn consent gives
    it: its own file still has the photo.
    """
    person = session.person
    blank = Session(language=session.language, serial=session.serial, reports=session.reports, touched_at=now)
    taken: tuple[Effect, ...] = (EndAgency(person),) if person else ()
    key = Key.ERASED if person else Key.ERASED_UNKNOWN
    receipt = say(blank, key, {"time": now.astimezone(SHANGHAI), "office": office(session)})
    return Step(
        blank,
        (Unsubscribe(), *taken, WithdrawFace(person), EraseData(person), AccountReleased(), receipt),
    )
