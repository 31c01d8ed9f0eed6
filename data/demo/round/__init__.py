"""An invented round of village inspection: people, books, rolls, planted issues and dirt.

Nothing here imports the product, so that its headings and noise stay independent of it.
"""
