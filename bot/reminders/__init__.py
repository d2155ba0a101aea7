"""Queues yearly reminders and notices of passes made elsewhere, and opens the links in them."""
