"""Accepted rows, decisions and reference data in; a Landscape out."""
