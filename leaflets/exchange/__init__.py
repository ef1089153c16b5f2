"""The words of a language on their way out to translators' tools, and back in.

`entries` has what every format carries; `po`, `xliff` and `xlsx` turn that into the bytes of a file and back; `plan` says what a
file that came back changes. The YAML files stay the truth: what goes out is a copy, and what comes in is compared with them.
"""
