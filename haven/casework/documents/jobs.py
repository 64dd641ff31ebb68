"""The worker's part: asking the virus scanner, at once after the commit and every minute for what is left."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.casework.documents.scanner import is_configured
from haven.casework.documents.scanning import scan, scan_waiting


@app.task(name="scan_document")
def scan_document(document_id: str) -> None:
    """Have one file scanned; safe to run twice."""
    scan(UUID(document_id), timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="scan_waiting_documents", queueing_lock="scan_waiting_documents")
def scan_waiting_documents(timestamp: int) -> None:
    """Every minute, files that no scanner has answered for: kept before there was one, or while it was down."""
    if is_configured():
        scan_waiting(timezone.now())
