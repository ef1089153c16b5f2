"""The words of a language on their way out to translators' tools, and back in.

`entries` has what every format carries; `po`, `xliff` and `xlsx` turn that into the bytes of a file and back; `plan` says what a
file that came back changes, once `language` has said that it is of its language; `transfer` chooses among the formats, and writes
what was planned. The YAML files stay the truth: what goes out is a copy, and what comes in is compared with them.
"""
