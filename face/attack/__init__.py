"""The attack bench: plays presentation attacks and honest people against the live check, many times over.

ISO/IEC 30107-3 calls them presentation attack instruments. Everything is a pure function of shapes,
embeddings, times and a seeded chance, so a run can be repeated to the letter.
"""
