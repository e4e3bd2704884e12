"""What stands in a file that the product exported, as one text."""
import io

import openpyxl
from docx import Document


def words_of_docx(content):
    """Everything the document says, the heads of its pages too, without spaces."""
    document = Document(io.BytesIO(content))
    parts = [document, *(section.header for section in document.sections)]
    rows = [row for part in parts for table in part.tables for row in table.rows]
    told = [paragraph.text for part in parts for paragraph in part.paragraphs] + [cell.text for row in rows for cell in row.cells]
    return "".join("".join(told).split())


def words_of_xlsx(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "".join("".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell).split())
