"""The main job, run for real on one machine; only the remote services are played by fakes."""
