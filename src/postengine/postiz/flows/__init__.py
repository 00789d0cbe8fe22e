"""What takes several requests: creating a post once, waiting for its results, finding out what went wrong."""
