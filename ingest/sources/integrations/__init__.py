"""Lists of integrations: which system sends what to which, or why it does not."""
