"""Measures the service against the bare tools that it is built on: `make bench`."""
