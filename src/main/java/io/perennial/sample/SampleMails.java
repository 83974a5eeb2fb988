package io.perennial.sample;

import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The mails of a sample business in its customers' language, from {@code sample/XX-mails.txt}. */
final class SampleMails {

    /** Their order in the file. */
    static final int NEWS = 0;

    static final int WIN_BACK = 1;
    static final int INVITATION = 2;
    static final int THANKS = 3;

    private final List<Map<String, String>> mails = new ArrayList<>();

    SampleMails(SampleBusiness business) {
        Map<String, String> shared = new HashMap<>();
        for (String line : SampleFiles.lines(business.key() + "-mails.txt")) {
            int space = line.indexOf(' ');
            if (space < 0) {
                mails.add(new HashMap<>(shared));
            } else {
                (mails.isEmpty() ? shared : mails.getLast()).put(line.substring(0, space), line.substring(space + 1));
            }
        }
    }

    /** Of the templates, in the order of the file. */
    List<String> names() {
        return mails.stream().map(mail -> mail.getOrDefault("name", "")).toList();
    }

    /** Saves them as templates, in the order of the file. */
    List<TemplateRef> save(TemplateDirectory templates) {
        String frame = String.join("\n", SampleFiles.lines("mail-frame.mjml"));
        return mails.stream()
                .map(mail -> templates.save(
                        mail.getOrDefault("name", ""),
                        mail.getOrDefault("subject", ""),
                        mail.getOrDefault("preheader", ""),
                        filled(frame, mail)))
                .toList();
    }

    private static String filled(String frame, Map<String, String> words) {
        String filled = frame;
        for (Map.Entry<String, String> word : words.entrySet()) {
            filled = filled.replace(word.getKey().toUpperCase(Locale.ROOT), word.getValue());
        }
        return filled;
    }
}
