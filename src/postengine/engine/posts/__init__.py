"""What the engine speaks of: posts and their deliveries, channels, people, and the moves between states."""
