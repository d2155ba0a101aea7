"""Runs work alongside the requests: batches, daily and repeated tasks, restarts after a failure."""
