"""Handlers of everything besides a state's own answers: intents, questions, events, talks with a clerk."""
