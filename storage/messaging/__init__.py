"""Records of messages: inbox, conversations, outbox, reply windows, talks, alarms."""
