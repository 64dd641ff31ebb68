"""Cases: one person, one statutory process, one accountable worker; who is involved; what was noted."""
