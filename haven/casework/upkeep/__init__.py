"""What keeps the records and the service in order: nightly rules, jobs that must run, the pack for when all is down."""
