"""A recorded video against its challenge: what it shows, in order, and whose face."""
