"""The tests of Convoca; a package, so that `tests.support` cannot be mistaken for another project's."""
