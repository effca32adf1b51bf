"""The commands of the contract: declared once, one thin function each."""
