"""Pictures and videos: what is known of them, looking at a file, and uploading it once."""
