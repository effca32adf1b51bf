"""A Landscape, or the answer of a command, as workbook or CSV in which nothing runs."""

from graph.exchange.tables.answers import AnswerFormat, answer_table, write_answer
from graph.exchange.tables.csv_folder import write_csv
from graph.exchange.tables.workbook import sheet_names, write_xlsx

__all__ = [
    "AnswerFormat",
    "answer_table",
    "sheet_names",
    "write_answer",
    "write_csv",
    "write_xlsx",
]
