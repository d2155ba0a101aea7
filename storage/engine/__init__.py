"""How the engine reaches its database: limits, drivers, outages and the time of statements."""
