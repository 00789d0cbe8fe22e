"""Queues: in this process, or Dramatiq on Redis."""
