"""The municipalities' decisions: how many refugees each will settle, and the check that nothing else is decided."""
