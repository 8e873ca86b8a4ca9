"""How a mail leaves: a row first, then a send that may fail and is tried again."""
