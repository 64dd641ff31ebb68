"""The engine: everything a statutory process stands on, whichever process it is."""
