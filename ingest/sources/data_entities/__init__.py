"""Dictionaries of data entities: what is exchanged, who masters it, who answers for it."""
