"""Stores: in memory, and in SQLite or PostgreSQL."""
