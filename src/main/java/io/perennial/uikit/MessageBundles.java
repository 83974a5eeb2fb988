package io.perennial.uikit;

import com.ibm.icu.text.MessageFormat;
import com.vaadin.flow.i18n.I18NProvider;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The console's words. Each feature keeps its own bundle {@code i18n/<feature>.properties} (UTF-8), and a key begins
 * with that feature: {@code campaigns.schedule}. Values are ICU message patterns: {@code {0, plural, one {# customer}
 * other {# customers}}}.
 */
@Component
public class MessageBundles implements I18NProvider {

    private static final Map<String, MessageFormat> PATTERNS = new ConcurrentHashMap<>();

    @Override
    public List<Locale> getProvidedLocales() {
        return List.of(Locale.ENGLISH);
    }

    @Override
    public String getTranslation(String key, Locale locale, Object... params) {
        return text(key, locale, params);
    }

    /**
     * The text of a key.
     *
     * @throws MissingResourceException if there is none: a fault of the program, found by its tests
     */
    public static String text(String key, Locale locale, Object... params) {
        MessageFormat pattern = PATTERNS.computeIfAbsent(
                locale.toLanguageTag() + '|' + key,
                k -> new MessageFormat(bundle(key, locale).getString(key), locale));
        synchronized (pattern) { // ICU's formats are not safe for use by several threads
            return endingOnce(pattern.format(params), params);
        }
    }

    /** A value that ends with a full stop, as the names of many companies do ("s.r.o."), needs no second one after it. */
    private static String endingOnce(String text, Object... params) {
        String ended = text;
        for (Object param : params) {
            if (param instanceof String value && value.length() > 1 && value.endsWith(".")) {
                ended = ended.replace(value + ".", value);
            }
        }
        return ended;
    }

    private static ResourceBundle bundle(String key, Locale locale) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            throw new MissingResourceException("A key begins with its feature: " + key, "i18n", key);
        }
        return ResourceBundle.getBundle(
                "i18n." + key.substring(0, dot),
                locale,
                MessageBundles.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
