"""Figures of the running service for a watching system, as Prometheus reads them. Numbers and names of parts only.

`timing` counts requests in shared memory, `queues` asks the database what waits, `page` answers at /metrics.
"""
