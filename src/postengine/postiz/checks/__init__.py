"""Checking a post before it is sent: its text, its media and its settings, every problem at once."""
