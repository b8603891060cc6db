"""What every pass reads with: tokens with offsets, spans, forms of names, one search for all of them."""
