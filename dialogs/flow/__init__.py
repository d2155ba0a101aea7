"""Decides what follows a message: states, transitions, handlers of intents and of service events."""
