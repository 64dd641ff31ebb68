"""Looking into a file for what could harm whoever opens it. Nothing here runs, renders or follows anything in it."""
