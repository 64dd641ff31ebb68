"""What is written to people: the letter itself, what is written once for several, and who agreed to the bytes."""

from haven.casework.letters.models.approval import Approval
from haven.casework.letters.models.letter import Letter
from haven.casework.letters.models.writing import Recipient, Rendition, Writing, WritingPart

__all__ = ["Approval", "Letter", "Recipient", "Rendition", "Writing", "WritingPart"]
