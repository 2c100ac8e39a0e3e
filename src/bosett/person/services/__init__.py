"""The only writers of persons and households: `hendelser` (what the authorities tell), `mottak` (centres), `lop` (tracks by IMDi's own acts)."""
