"""One A4 page with pictures from which a volunteer learns the app."""
