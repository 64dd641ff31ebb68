"""Adult safeguarding: Care Act 2014 sections 42 to 47. Start with README.md, then stages.py."""
