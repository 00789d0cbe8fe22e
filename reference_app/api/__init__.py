"""The HTTP API: a file a topic, each a table of routes; a route validates, calls one command, answers."""
