"""Reads registry files and asks registries: the imported table, or a service over HTTP."""
