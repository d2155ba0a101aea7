"""The commands of `pension-bot`: one module a noun, found by `bot.cli.main`."""
