"""What happened, who did it and who looked: rows that are only ever added.

An event carries ids, codes and a salted digest, never a name or a narrative (`docs/decisions/0003-events.md`).
Only this package touches the models; everybody else imports `kinds`, `recording` and `sealing`.
"""
