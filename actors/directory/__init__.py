"""The directory: searching, narrowing, the offers that answer, the map, the export."""
