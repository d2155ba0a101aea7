"""The service: webhook, capture pages, console, workers, commands."""
