"""Sample agencies, their listings, and the photographs drawn for them."""
