"""The reference service: postengine behind Flask and Dramatiq, started by `python -m reference_app`."""
