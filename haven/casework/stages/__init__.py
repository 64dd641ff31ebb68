"""Stages and pathways: what a statutory process is made of, and the moves it allows."""
