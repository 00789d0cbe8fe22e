"""The pixels: planes as the encoder wants them, and everything that is done to them."""
