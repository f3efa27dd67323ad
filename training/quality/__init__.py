"""The quality benchmark (`make quality`): tasks with known answers, through the real command line, scored."""
