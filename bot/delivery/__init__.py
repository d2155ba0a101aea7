"""Sends what the outbox holds, to WeChat and to the core system, with leases, quotas and retries."""
