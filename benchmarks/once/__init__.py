"""Parts of `benchmarks.publish_once`: real processes, faults and kills, and a count from outside."""
