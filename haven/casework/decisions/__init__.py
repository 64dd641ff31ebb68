"""One log of every decision that must be defended: the question, the outcome, the reasons, by whom and when."""
