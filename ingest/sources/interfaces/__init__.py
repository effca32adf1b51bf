"""Lists of interfaces: what an application lets others call, and through which gateway."""
