"""Cases numbered like the rulebook, as text: see `read` for what a line means."""
