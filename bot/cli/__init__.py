"""The commands of `pension-bot`: one module per noun, found by `bot.cli.main`."""
