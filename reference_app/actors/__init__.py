"""The actors: one file a queue; each does what a message asks for, and leaves repeats to the store."""
