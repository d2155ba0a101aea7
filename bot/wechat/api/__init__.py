"""Calls of the platform's API: tokens, messages, tickets, logins, quotas and error codes."""
