"""Partner API, version 1: how another agency's system tells us of a concern, and hears how far we are."""
