"""Tasks: something somebody, or a team, has to do by a day."""
