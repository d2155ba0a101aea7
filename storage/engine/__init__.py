"""Connects the engine to its database: limits, drivers, outages and the time of statements."""
