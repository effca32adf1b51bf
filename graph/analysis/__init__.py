"""What can be found out about applications: functions, similar pairs, redundant groups, paths."""
