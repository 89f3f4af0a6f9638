"""What each command does: a function each, (arguments, the rulebook's chapters) to exit code."""
