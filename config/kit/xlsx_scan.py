"""Walk the XML of an .xlsx sheet while it is unpacked: its extent and peculiarities, without keeping a value."""
from xml.parsers import expat

from config.kit.sheet_facts import NotReadable, SheetFacts, column_number

NOT_COMPUTED = "#公式没有结果"


class XmlSheetScan:
    """Walk the XML of one .xlsx sheet as it is unpacked, chunk by chunk."""

    def __init__(self):
        self.facts = SheetFacts()
        self._row = self._column = 0
        self._type = self._error = None
        self._inside = self._formula = self._value = False
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def feed(self, chunk, last=False):
        """Raises NotReadable."""
        try:
            self._parser.Parse(chunk, last)
        except (expat.ExpatError, ValueError, KeyError) as reason:
            raise NotReadable(str(reason)) from reason

    def _refuse_doctype(self, *_arguments):
        raise NotReadable("doctype")

    def _start(self, tag, attributes):
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._open_cell(attributes)
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            self.facts.row_count += 1
            if attributes.get("hidden") in ("1", "true"):
                self.facts.hidden_rows.add(self._row)
        elif tag == "f":
            self._formula = True
        elif tag in ("v", "is"):
            self._inside = True
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            self.facts.hide_columns(int(attributes["min"]), int(attributes["max"]))

    def _open_cell(self, attributes):
        reference = attributes.get("r", "")
        letters = reference.rstrip("0123456789")
        self._column = column_number(letters) if letters else self._column + 1
        if letters:  # the reader goes by the cell's own row, whatever the row around it says
            self._row = int(reference[len(letters) :])
        self._type = attributes.get("t")
        self._error = ""
        self._formula = self._value = False

    def _text(self, text):
        if self._inside:
            self._value = True
            if self._type == "e":
                self._error += text

    def _end(self, tag):
        tag = tag.rpartition(":")[2]
        if tag in ("v", "is"):
            self._inside = False
        if tag != "c":
            return
        if self._value or self._formula:
            self.facts.reach(self._row, self._column)
        if self._type == "e":
            self.facts.errors[self._row, self._column] = self._error.strip() or "#错误"
        elif self._formula and not self._value and self._type != "str":  # a text may well be empty
            self.facts.errors[self._row, self._column] = NOT_COMPUTED
        self._type = None
