"""One module a question; each runs the product's own code path and prints its figure."""
