"""The network as pictures: pure functions from what `Assistant` answers to charts, tables and a sentence each.

`picture` holds the form, `garden` the garden, `charts` the year, the flow and the fields, `ring` who knows whom.
"""
