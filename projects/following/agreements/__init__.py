"""The convention of a partnership: what is agreed, its draft, its status, what it may mean for tax."""
