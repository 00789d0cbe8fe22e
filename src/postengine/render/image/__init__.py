"""Pictures: photos by Pillow, text and shapes by a drawing engine behind a protocol."""
