"""Decodes uploaded pictures, live frames and clips within bounds."""
