"""What the graph is, where it lives and what can be asked of it."""
