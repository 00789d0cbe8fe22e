"""ffmpeg: its command lines, its processes, and what it must be able to do."""
