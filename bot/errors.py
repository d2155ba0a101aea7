"""The shell's one error root: what stops a start or a command, each told in one line."""


class BotError(Exception):
    """Something that the operator must know; `exit_code` is the contract's."""

    exit_code = 2


class BadSetting(BotError):  # noqa: N818 - the name says what is wrong
    """A setting is missing or malformed; the message names it, never its value."""


class SchemaTooOld(BotError):  # noqa: N818 - the name says what is wrong
    """The database needs `pension-bot db upgrade` first."""


class DependencyDown(BotError):  # noqa: N818 - the name says what is wrong
    """An outside part that cannot be done without does not answer."""

    exit_code = 3
