"""Generated meetings and participants: `make seed` and the benchmarks fill databases with them."""
