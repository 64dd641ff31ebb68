"""Measuring the sealed log: are changes by the superuser found and named, is nothing else, and what does it cost?"""
