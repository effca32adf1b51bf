"""The graph as RDF: names, export and what is declared about them."""
