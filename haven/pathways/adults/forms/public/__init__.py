"""The public form (PR-06 … PR-08): each page of questions is a small form; what they add up to is in `report`."""
