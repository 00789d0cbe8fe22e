"""The calls of the public API, one file a resource. Each function returns a `Call` and sends nothing."""
