"""One report twice: ``texts`` compares, ``judge`` weighs texts and heads, ``mark`` says who repeats whom."""
