"""What is kept of somebody, as a file for them."""
