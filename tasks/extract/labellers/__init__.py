"""Optional models beside the rules: each proposes, and only what stands in the text counts.

The rules need none of them. A labeller that is switched on adds candidates and votes; its words are looked up in the
document (`alignment`), compared with what the rules found (`ballot`), and refused with a reason where they are not
there.
"""
