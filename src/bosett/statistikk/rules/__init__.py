"""Pure rules of published figures: what may be shown, how sums say what they lack, series across mergers, shapes of charts."""
