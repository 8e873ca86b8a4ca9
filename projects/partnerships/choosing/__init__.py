"""Several actors answered one need: its project compares them, chooses, and answers the others courteously."""
