"""English texts of a talk with a clerk, from the request to its end."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.language.keys import Key

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.CLERK_ASKED: "We have asked a colleague to help you. Please type your question here. "
        "The answer comes in this chat.\n"
        'If it is urgent, call 12333. If you no longer want to wait, reply "End the chat".',
        Key.CLERK_STILL_ASKED: "A colleague has already been asked. Please wait a little longer. "
        "Everything you write here reaches them. If it is urgent, call 12333.",
        Key.CLERK_CLOSED: "Nobody is at the desk now; somebody will be there {when}. "
        'Please reply "Talk to a person" again then.\n'
        "If it is urgent, call 12333 or contact {office}. Everything you entered is kept.",
        Key.CLERK_CLOSED_OWN: "{sentence}",
        Key.CLERK_TOLD: "Passed on to our colleague. Please wait a moment. "
        'If you no longer want to wait, reply "End the chat".',
        Key.CLERK_READS_TEXT: "Our colleague sees that you sent {what}, but can only read text here. We did not keep it. "
        "Please type a few words, or call 12333 and say it.",
        Key.CLERK_HEARS_NO_VOICE: "Our colleague sees that you sent a voice message, but cannot listen to it here. "
        "We did not keep it. The microphone of the keyboard turns what you say into text. "
        "Or call 12333 and say it.",
        Key.CLERK_DOES_NOT_DO_THIS: "You can do this yourself, without a colleague. "
        'First reply "End the chat", and then say the same again.',
        Key.CLERK_CAME: "A colleague is here and has read what you wrote. "
        'To go back to the steps, reply "End the chat".',
        Key.CLERK_SAYS: "[Staff] {words}",
        Key.TALK_ENDED: "The chat with our colleague has ended.",
        Key.TALK_ENDED_BY_CLERK: "Our colleague has finished here, and you can go on with the steps below. "
        'If you need a person again, reply "Talk to a person".',
        Key.TALK_SILENT: "There was no message for a while, so the chat with our colleague has ended. "
        'If you still need a person, reply "Talk to a person".',
        Key.TALK_UNANSWERED: "We are sorry to have kept you waiting: nobody could come just now. "
        "What you wrote is kept, and our colleagues will read it in their hours. If it is urgent, call 12333.",
    }
)
