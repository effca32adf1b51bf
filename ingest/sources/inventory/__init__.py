"""Inventories of applications: one row per application, as a government lists them."""
