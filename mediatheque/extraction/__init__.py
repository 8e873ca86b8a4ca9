"""What the worker reads in a file: text page by page, a picture of the first page, durations.

`child.py` opens the file, in a process of its own with limits on time and memory; it knows nothing of Django.
`running.py` starts and stops it; `work.py` claims a file, and writes what the child says.
"""
