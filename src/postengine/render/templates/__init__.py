"""What our pictures look like: typed inputs, and templates that build trees from them."""
