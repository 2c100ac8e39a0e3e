"""The municipalities' decisions: how many they settle, checked, registered and seen."""
