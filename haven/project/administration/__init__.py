"""The administrator's pages: who may come in, as what, and how. They show no case and nobody a case is about."""
