"""Parts of the benchmark of videos."""
