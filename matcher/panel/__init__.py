"""Expert review: who reads which application, what the scores say, and who is awarded how much."""
