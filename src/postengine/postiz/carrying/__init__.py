"""Carrying a call to Postiz and reading its answer, the same for threads and for tasks."""
