"""What any app may use; imports nothing of the apps."""
