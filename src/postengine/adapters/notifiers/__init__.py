"""The engine's Notifier port: one file for each way to a phone."""
