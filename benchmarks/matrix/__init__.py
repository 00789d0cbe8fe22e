"""The fault matrix: a whole service of real processes, fourteen kinds of harm, and a count from outside."""
