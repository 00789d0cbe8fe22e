"""The steps of a delivery, one file each; every decision about publishing once is here."""
