"""Lists of innovations: training projects, contest entries and records of the regional index."""
