"""What people and their programs ask for: one file a verb."""
