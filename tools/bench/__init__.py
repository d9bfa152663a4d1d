"""How fast the list is: `make bench`."""
