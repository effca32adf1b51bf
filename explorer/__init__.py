"""The explorer: pages that read a version, and the server that shows them."""
