"""Where the engine's ports meet the SDK rooms and the vendors' packages."""
