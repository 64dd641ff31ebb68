"""Deliveries: what leaves Haven, each a row written with what causes it, carried out by a worker (TR-23)."""
