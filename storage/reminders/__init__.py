"""The yearly reminder's records: subscriptions with their due dates, reminders queued, passes notified."""
