"""Every point at which a process may die between two things that others can see; each is died at, once."""
