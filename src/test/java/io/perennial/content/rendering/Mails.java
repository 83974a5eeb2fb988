package io.perennial.content.rendering;

import io.perennial.content.CompiledTemplate;
import io.perennial.content.RenderedMail;
import io.perennial.content.TemplateProblem;
import io.perennial.content.TemplateSnapshot;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Short ways to templates and models for tests. */
final class Mails {

    static final String FOOTER =
            "<mj-section><mj-column><mj-text>{{ business.postal_address }} <a href=\"{{ links.unsubscribe }}\">Unsubscribe"
                    + "</a></mj-text></mj-column></mj-section>";

    private Mails() {}

    static TemplateCompiler compiler() {
        return new TemplateCompiler(Locale.of("cs", "CZ"), Currency.getInstance("CZK"), true);
    }

    /** A whole body around the content of one text block. */
    static String body(String text) {
        return "<mjml>\n<mj-body>\n<mj-section>\n<mj-column>\n<mj-text>" + text
                + "</mj-text>\n</mj-column>\n</mj-section>\n" + FOOTER + "\n</mj-body>\n</mjml>";
    }

    static TemplateSnapshot text(String mjml) {
        return new TemplateSnapshot("Hello", "", mjml, null);
    }

    static List<TemplateProblem> problems(String mjml) {
        return compiler().inspect(text(mjml)).problems();
    }

    static CompiledTemplate compiled(TemplateSnapshot text) {
        TemplateCompiler.Inspection inspection = compiler().inspect(text);
        CompiledTemplate template = inspection.template();
        if (template == null) {
            throw new AssertionError(inspection.problems());
        }
        return template;
    }

    static RenderedMail render(String mjml, Map<String, Object> model) {
        return compiled(text(mjml)).render(model);
    }

    /** A customer with that first name and an order. */
    static Map<String, Object> model(String firstName) {
        Map<String, Object> model = new HashMap<>();
        model.put("customer", new HashMap<>(Map.of("first_name", firstName, "email", "ada@example.com")));
        model.put(
                "orders",
                new HashMap<>(Map.of(
                        "count", 3, "value", new BigDecimal("1234.5000"), "last_date", LocalDate.of(2026, 3, 14))));
        model.put("business", Map.of("name", "Roaster", "postal_address", "Hlavní 1, Praha"));
        model.put("links", Map.of("unsubscribe", "https://x.example/u?a=1&b=2", "preferences", "https://x.example/p"));
        return model;
    }
}
