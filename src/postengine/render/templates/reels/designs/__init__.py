"""One file a reel: from a sheet and its shots to a script."""
