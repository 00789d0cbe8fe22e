"""Videos: photos that move by fractions of a pixel, layers over them, and ffmpeg behind a pipe."""
