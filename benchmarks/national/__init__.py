"""A national landscape that is made up: as inventories are, with the truth beside it."""
