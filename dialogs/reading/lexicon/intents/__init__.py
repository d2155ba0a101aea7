"""The table of what people want, and its rows by subject; data for `dialogs.reading.intents`."""
