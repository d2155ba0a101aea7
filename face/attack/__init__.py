"""Plays presentation attacks and honest people against the live check, many times over: the attack bench.

The kinds of attack are the presentation attack instrument species of ISO/IEC 30107-3. Everything is a pure
function of shapes, embeddings, times and a seeded random generator, so a run can be repeated exactly.
"""
