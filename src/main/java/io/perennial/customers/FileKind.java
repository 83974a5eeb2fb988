package io.perennial.customers;

/** What an import file is, told by its content; its name says nothing. */
public enum FileKind {
    /** Lines of text with separators. */
    TEXT,
    /** Such text, packed by gzip. */
    GZIP,
    /** A ZIP archive with one or several such texts. */
    ARCHIVE,
    /** An Excel workbook (.xlsx), of which one sheet is read. */
    WORKBOOK;

    /** Whether encoding and separator matter. */
    public boolean isText() {
        return this != WORKBOOK;
    }
}
