"""What leaves for other programs and other bodies: RDF and tables."""
