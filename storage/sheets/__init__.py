"""Tables in files: delimited text and workbooks, read as rows of cells and written as text."""
