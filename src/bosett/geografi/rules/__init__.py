"""Pure rules of the room: names, identities from a change list, bridges between divisions, language form."""
