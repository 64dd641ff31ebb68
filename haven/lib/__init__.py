"""Ids, references, London time and text: pure, no database, imports nothing of Haven."""
