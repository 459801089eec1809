"""The agreement between phone and server: whatever would be wrong if the two sides disagreed."""
