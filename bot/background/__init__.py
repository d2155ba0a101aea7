"""Runs work beside the requests: batches, daily and repeated tasks, restarts after a failure."""
