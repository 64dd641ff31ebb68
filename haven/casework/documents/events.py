"""What is recorded of a document."""

from haven.casework.events.kinds import declare

ADDED = declare(
    "documents.added",
    "{actor} added a document",
    erasure="The file and its fingerprint go; that a document was added stays.",
)
OPENED = declare("documents.opened", "{actor} opened a document ({scan})", erasure="Codes only.")
SCANNED = declare("documents.scanned", "{actor} looked at a document: {scan}", erasure="Codes only.")
RELEASED = declare(
    "documents.released",
    "{actor} released a document that was kept apart, to be opened in a safe form",
    erasure="The reasons and their salt go; that it was released, when and by whom stays.",
)
REJECTED = declare(
    "documents.rejected",
    "{actor} decided that a document is not to be opened",
    erasure="The reasons and their salt go; that it was decided, when and by whom stays.",
)
WARNED = declare(
    "documents.warned", "{actor} told the managers that a document has waited too long", erasure="Codes only."
)
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
