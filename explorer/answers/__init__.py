"""What each page shows, as plain functions over a version; none of them draws."""
