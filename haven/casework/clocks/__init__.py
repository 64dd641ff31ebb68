"""How long something may take, when it is due and whether it was done in time.

`timescales` is the rule, `due` the pure arithmetic, `models` the stored facts; `running` and `policies` change them.
"""
