"""What the tests know about the outside world, independent of the product's code."""
