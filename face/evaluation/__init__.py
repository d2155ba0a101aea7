"""Measures the error rates of a face pack on labelled pairs."""
