"""What is recorded of a document."""

from haven.casework.events.kinds import declare

ADDED = declare(
    "documents.added",
    "{actor} added a document",
    erasure="The file and its fingerprint go; that a document was added stays.",
)
OPENED = declare("documents.opened", "{actor} opened a document ({scan})", erasure="Codes only.")
EXCERPT_MARKED = declare(
    "documents.excerpt_marked",
    "{actor} marked words as somebody else's: {restriction}",
    erasure="The words, whose they are and their salt go; that words were marked stays.",
)
LABEL_LIFTED = declare(
    "documents.label_lifted",
    "{actor} lifted the label of somebody else's words",
    erasure="The reasons and their salt go; that it was lifted, when and by whom stays.",
)
