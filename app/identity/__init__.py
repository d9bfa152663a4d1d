"""Who is in front of a page: accounts, passwords, sessions, providers; without pages of its own."""
