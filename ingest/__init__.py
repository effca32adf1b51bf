"""How sources become nodes and edges."""
