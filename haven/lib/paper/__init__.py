"""Tagged PDF (PDF/UA-1) from plain words, and from pictures of pages."""
