package io.perennial.delivery.returns;

import org.apache.james.mime4j.codec.DecoderUtil;

/** Words of a header as people read them (RFC 2047); what is not decodable stays as it is. */
final class EncodedWords {

    private EncodedWords() {}

    static String decode(String value) {
        if (!value.contains("=?")) {
            return value;
        }
        try {
            return DecoderUtil.decodeEncodedWords(value, org.apache.james.mime4j.codec.DecodeMonitor.SILENT);
        } catch (RuntimeException e) {
            return value;
        }
    }
}
