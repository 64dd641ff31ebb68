"""Who somebody is, what they may do, what they may see, and the record of every look."""
