"""Pieces that pages are made of; none of them reads data."""
