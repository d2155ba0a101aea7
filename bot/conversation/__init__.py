"""Carries messages through the dialog: one transaction loads, steps, saves and queues what follows."""
