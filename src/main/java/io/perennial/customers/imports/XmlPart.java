package io.perennial.customers.imports;

import io.perennial.customers.ImportRefused;
import io.perennial.uikit.Texts;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.NoSuchElementException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * One XML part of a workbook, read event by event. It may be hostile: there are no DTDs and entities, and no single tag or
 * attribute may be so long that it would fill the memory. What is malformed is refused in words.
 */
class XmlPart implements Closeable {

    /** Between two events; a cell of the longest text Excel takes is a twentieth of it. */
    private static final int LONGEST_EVENT = 4 << 20;

    private static final XMLInputFactory FACTORY = factory();

    private final Unpacking source;
    private final XMLStreamReader xml;
    private long sinceEvent;

    XmlPart(Unpacking source) {
        this.source = source;
        try {
            this.xml = FACTORY.createXMLStreamReader(new Watched(source));
        } catch (XMLStreamException | RuntimeException e) {
            throw damaged(e);
        }
    }

    /** Goes to the next event; false at the end. */
    boolean next() {
        try {
            sinceEvent = 0;
            if (!xml.hasNext()) {
                return false;
            }
            xml.next();
            return true;
        } catch (XMLStreamException | NoSuchElementException e) {
            throw damaged(e);
        }
    }

    /** Goes to the next tag that opens; nothing at the end. */
    @Nullable
    String nextStart() {
        while (next()) {
            if (isStart()) {
                return name();
            }
        }
        return null;
    }

    boolean isStart() {
        return xml.getEventType() == XMLStreamConstants.START_ELEMENT;
    }

    boolean isEnd() {
        return xml.getEventType() == XMLStreamConstants.END_ELEMENT;
    }

    boolean isText() {
        int event = xml.getEventType();
        return event == XMLStreamConstants.CHARACTERS
                || event == XMLStreamConstants.CDATA
                || event == XMLStreamConstants.SPACE;
    }

    /** The name of the tag, without its namespace. */
    String name() {
        return xml.getLocalName();
    }

    /** An attribute of the tag by its name without namespace; nothing where it has none. */
    @Nullable
    String attribute(String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name)) {
                return xml.getAttributeValue(i);
            }
        }
        return null;
    }

    /** An attribute that is a whole number. */
    int number(String name, int otherwise) {
        String text = attribute(name);
        try {
            return text == null ? otherwise : Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** Adds this piece of text to a cell, up to what a cell may have. */
    void appendTo(StringBuilder cell) {
        int room = RowReader.MAX_CELL + 1 - cell.length();
        if (room > 0) {
            cell.append(xml.getTextCharacters(), xml.getTextStart(), Math.min(room, xml.getTextLength()));
        }
    }

    long unpacked() {
        return source.count();
    }

    @Override
    public void close() throws IOException {
        try {
            xml.close();
        } catch (XMLStreamException e) {
            // It is read no further; the source is closed all the same.
        }
        source.close();
    }

    private static ImportRefused damaged(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ImportRefused refused) {
                return refused;
            }
        }
        return new ImportRefused(Texts.t("customers.refused.damaged"));
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    /** Says no where one tag does not end. */
    private final class Watched extends FilterInputStream {

        private Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = in.read(bytes, offset, length);
            sinceEvent += Math.max(0, n);
            if (sinceEvent > LONGEST_EVENT) {
                throw new ImportRefused(Texts.t("customers.refused.damaged"));
            }
            return n;
        }
    }
}
