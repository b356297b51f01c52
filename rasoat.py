"""What ``spacy.load("rasoat")`` finds: the pipeline under the distribution's own name."""

from pipelines.spacy_pipeline import load

__all__ = ["load"]
