"""Lists of services that agencies provide."""
