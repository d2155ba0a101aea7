"""Handlers of what leads out of a state's own answers: intents, questions, events, talks with a clerk."""
