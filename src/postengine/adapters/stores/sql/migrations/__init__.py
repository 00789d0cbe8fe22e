"""What Alembic runs to bring a database to the present schema."""
