"""Chats between people and clerks (人工服务) in the console."""
