"""postengine: the engine room of property marketing."""

__version__ = "0.1.0"
