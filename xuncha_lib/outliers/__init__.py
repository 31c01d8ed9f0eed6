"""Pure functions of the screens: arrays and texts in, numbers and words out. They know no database and no village."""
