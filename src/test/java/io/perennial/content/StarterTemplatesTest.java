package io.perennial.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.content.StarterTemplates.Starter;
import io.perennial.content.rendering.TemplateCompiler;
import io.perennial.uikit.Texts;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StarterTemplatesTest {

    static List<Starter> starters() {
        return StarterTemplates.all();
    }

    @ParameterizedTest
    @MethodSource("starters")
    void everyStarterCanBeSentOnceItHasASubject(Starter starter) {
        TemplateSnapshot text = starter.text();
        String subject = text.subject().isEmpty() ? "News" : text.subject();
        var inspection = new TemplateCompiler(Locale.ENGLISH, Currency.getInstance("EUR"), true)
                .inspect(new TemplateSnapshot(subject, text.preheader(), text.mjml(), null));
        assertThat(inspection.problems()).isEmpty();
        CompiledTemplate template = inspection.template();
        assertThat(template).isNotNull();
        RenderedMail nobody = template.render(Map.of());
        assertThat(nobody.html()).contains("Unsubscribe").doesNotContain("{{", "{%", "\uE000");
        Map<String, Object> model = Map.of(
                "customer", Map.of("first_name", "Ada"),
                "orders",
                        Map.of(
                                "count",
                                4,
                                "value",
                                BigDecimal.TEN,
                                "last_date",
                                LocalDate.of(2026, 1, 2),
                                "last_product",
                                "Espresso",
                                "favourite_category",
                                "Coffee"),
                "voucher", Map.of("code", "K7QM", "offer", "10 %", "expires", LocalDate.of(2026, 2, 3)),
                "business", Map.of("name", "Roaster", "postal_address", "Main St 1", "website", "https://shop.example"),
                "links", Map.of("unsubscribe", "https://x.example/u", "preferences", "https://x.example/p"));
        RenderedMail ada = template.render(model);
        assertThat(ada.html())
                .contains("Roaster", "Main St 1", "https://x.example/u")
                .doesNotContain("{{", "{%");
        assertThat(ada.text()).contains("Unsubscribe: https://x.example/u", "Main St 1");
        assertThat(Texts.t("content.starter." + starter.key() + ".name")).isNotBlank();
        assertThat(Texts.t("content.starter." + starter.key() + ".about")).isNotBlank();
    }
}
