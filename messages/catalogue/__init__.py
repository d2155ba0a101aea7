"""Texts by language: their lookup, phrases that are chosen before the language is known, and dates."""
