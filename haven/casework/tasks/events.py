"""What the engine records of a task."""

from haven.casework.events.kinds import declare

FINISHED = declare("tasks.finished", "{actor} marked a task as done", erasure="Codes only.")
