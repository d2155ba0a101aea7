"""Looks for what a warped photo cannot show, and decides whether a capture may pass on its movements."""
