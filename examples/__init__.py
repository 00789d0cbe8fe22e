"""Programs that show the library and the service at work; they run offline."""
