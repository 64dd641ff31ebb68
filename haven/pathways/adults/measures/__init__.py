"""The figures of adult safeguarding: each with what it counts, whose definition it is, and how it is misread.

They are shown in the order in which they are declared here: the concern, the enquiry, the outcome, the waits.
"""

from haven.pathways.adults.measures import concern, enquiry, outcome, waits, journey, layout, published  # noqa: I001 - shown in this order

__all__ = ["concern", "enquiry", "journey", "layout", "outcome", "published", "waits"]
