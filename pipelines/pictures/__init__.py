"""Pictures of the dataset; one file a picture, :mod:`pipelines.pictures.canvas` what they share.

Words stay words in SVG, the same dataset gives the same bytes, and no picture needs its colours to be read:
numbers, hatches and shapes say the same.
"""
