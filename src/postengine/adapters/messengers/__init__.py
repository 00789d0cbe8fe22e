"""The engine's Messenger port: one file for each way to tell an agent beside the push."""
