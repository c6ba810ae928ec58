"""Training of the small news model that ships in the binary: one encoder, a head for sentiment, one for topics."""
