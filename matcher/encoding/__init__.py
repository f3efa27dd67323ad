"""Text becomes vectors: an encoder behind two methods, and a cache by content."""
