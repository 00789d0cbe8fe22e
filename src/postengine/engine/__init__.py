"""The scheduler core: what is due, who has it, and what became of it. Pure: no I/O package, no SDK."""
