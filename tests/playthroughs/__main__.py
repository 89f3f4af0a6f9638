"""`python -m tests.playthroughs`: which stored games are as played; `--write` stores them anew."""

import sys

from tests.playthroughs import GAMES, file_of, play
from tests.playthroughs.test_log_eyes import STORED, eyes

if __name__ == "__main__":
    for game in GAMES:
        text = "\n".join(play(*game).lines) + "\n"
        path = file_of(*game)
        same = path.exists() and path.read_text(encoding="utf-8") == text
        print(path.name, "as stored" if same else "changed")
        if "--write" in sys.argv:
            path.write_text(text, encoding="utf-8", newline="\n")
    text = eyes()
    print(STORED.name, "as stored" if STORED.exists() and STORED.read_text(encoding="utf-8") == text else "changed")
    if "--write" in sys.argv:
        STORED.write_text(text, encoding="utf-8", newline="\n")
