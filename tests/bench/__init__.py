"""Measures the service beside the bare tools that it is built on: `make bench`."""
