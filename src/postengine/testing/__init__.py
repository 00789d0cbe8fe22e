"""Fakes that behave like the real services, for your tests as well as ours."""
