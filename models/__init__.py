"""What is learned: the tokenizer for spaCy, features, classifiers, training, calibration, evaluation."""
