"""Error root of `bot`: what stops a start or a command, reported in one line."""


class BotError(Exception):
    """Something that the operator must know; `exit_code` is the one of the contract."""

    exit_code = 2


class BadSetting(BotError):
    """A setting is missing or malformed; the message names it, never its value."""


class SchemaTooOld(BotError):
    """The database needs `pension-bot db upgrade` first."""


class DependencyDown(BotError):
    """An indispensable outside part does not answer."""

    exit_code = 3


class CommandRefused(BotError):
    """The command ran and the answer is no."""

    exit_code = 1
