"""Metrics of the service, and the address from which Prometheus collects them."""
