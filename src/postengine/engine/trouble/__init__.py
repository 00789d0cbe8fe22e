"""What needs a person: read from the store, with its evidence and its remedy, and told once."""
