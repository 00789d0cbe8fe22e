"""The engine's own code on a virtual clock, with every trouble drawn from a seed."""
