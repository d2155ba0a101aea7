"""The yearly reminder's records: subscriptions with their due dates, and what is queued or told."""
