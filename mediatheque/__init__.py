"""The médiathèque: reports, videos, tools of the network, and what is read in their files (docs/mediatheque.md)."""
