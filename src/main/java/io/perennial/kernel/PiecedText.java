package io.perennial.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text as the pieces it was made of. Those that many texts share are the same {@link Constant} each time, so that who
 * encodes the texts can encode these once. Read by one thread at a time.
 */
public final class PiecedText implements CharSequence {

    /** A piece that many texts have in common; told apart by identity. */
    public static final class Constant {

        private final String text;

        public Constant(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Each a String or a Constant. */
    private final List<Object> pieces;

    private @Nullable String whole;

    private PiecedText(List<Object> pieces) {
        this.pieces = pieces;
    }

    /** A text of one piece. */
    public static PiecedText of(String text) {
        return new PiecedText(List.of(text));
    }

    /** Collects the pieces of a text. */
    public static final class Builder {

        private final List<Object> pieces = new ArrayList<>();
        private long length;

        public Builder add(Constant constant) {
            pieces.add(constant);
            length += constant.text.length();
            return this;
        }

        public Builder add(String text) {
            if (!text.isEmpty()) {
                pieces.add(text);
                length += text.length();
            }
            return this;
        }

        /** Characters so far. */
        public long length() {
            return length;
        }

        /** The text; the builder is not to be used any more. */
        public PiecedText build() {
            return new PiecedText(pieces);
        }
    }

    /** Takes the pieces in their order. */
    public interface Reader {
        void constant(Constant constant);

        void text(String text);
    }

    public void read(Reader reader) {
        for (Object piece : pieces) {
            if (piece instanceof Constant constant) {
                reader.constant(constant);
            } else {
                reader.text((String) piece);
            }
        }
    }

    @Override
    public String toString() {
        String text = whole;
        if (text == null) {
            StringBuilder all = new StringBuilder();
            pieces.forEach(all::append);
            text = all.toString();
            whole = text;
        }
        return text;
    }

    @Override
    public int length() {
        return toString().length();
    }

    @Override
    public char charAt(int index) {
        return toString().charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().subSequence(start, end);
    }
}
