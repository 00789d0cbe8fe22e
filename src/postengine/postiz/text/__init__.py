"""What a text is made of: what Postiz can store of it, and how long it is in the eyes of each network."""
