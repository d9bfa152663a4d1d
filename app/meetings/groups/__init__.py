"""Groups of people: their pages, and adding one to a meeting through the preview of a list."""
