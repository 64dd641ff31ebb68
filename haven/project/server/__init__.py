"""The server of script/server: web, worker and private database, watched over and stopped together."""
