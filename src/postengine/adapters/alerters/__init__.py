"""The ways to the operator: one file for each, so that trouble is told and not only shown."""
