"""What the service measures of itself, and the address from which Prometheus collects it."""
