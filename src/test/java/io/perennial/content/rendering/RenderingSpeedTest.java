package io.perennial.content.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.content.CompiledTemplate;
import io.perennial.content.StarterTemplates;
import io.perennial.content.TemplateSnapshot;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Prints what compiling and rendering cost; machines differ, so no time is asserted. */
class RenderingSpeedTest {

    @Test
    void printsWhatATemplateCosts() {
        TemplateSnapshot starter = StarterTemplates.require("news").text();
        String row = "<mj-section><mj-column><mj-text>Hello {{ customer.first_name | default: 'you' }}, "
                + "a line about order {{ orders.count }}.</mj-text></mj-column></mj-section>\n";
        TemplateSnapshot text = new TemplateSnapshot(
                "Hi {{ customer.first_name | default: 'you' }}",
                "",
                starter.mjml().replace("</mj-body>", row.repeat(3) + "</mj-body>"),
                null);
        for (int i = 0; i < 40; i++) {
            Mails.compiled(text);
        }
        long begun = System.nanoTime();
        for (int i = 0; i < 40; i++) {
            Mails.compiled(text);
        }
        double compile = (System.nanoTime() - begun) / 40e6;
        CompiledTemplate template = Mails.compiled(text);
        Map<String, Object> model = Mails.model("Ada");
        int length = template.render(model).html().length();
        for (int i = 0; i < 20_000; i++) {
            template.render(model);
        }
        begun = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            template.render(model);
        }
        double render = (System.nanoTime() - begun) / 20_000e3;
        System.out.printf("%d KB of HTML: compile %.1f ms, render %.0f µs%n", length / 1024, compile, render);
        assertThat(length).isGreaterThan(5_000);
    }

    /** Building the nodes once must not change what liqp would have rendered. */
    @Test
    void theResultIsPlainLiqps() {
        String source =
                "a {{ x }} b\n{% if y %}{{ y | upcase | append: '!' }}{% else %}no{% endif %}{% for i in (1..3) %}"
                        + "{{ i }},{{ forloop.index0 }};{% endfor %} {%- assign z = x | plus: 2 -%} {{ z }} {% case x %}{% when 3 %}"
                        + "three{% else %}other{% endcase %}{% unless y %}u{% endunless %}{{ list | join: '-' }}{{ m.k.size }}";
        liqp.TemplateParser plain = new liqp.TemplateParser.Builder()
                .withFlavor(liqp.parser.Flavor.LIQUID)
                .withStrictTypedExpressions(false)
                .build();
        LiquidTemplate ours = LiquidEngine.of(java.util.Locale.ENGLISH, java.util.Currency.getInstance("EUR"))
                .parse(source, false);
        for (int x = 0; x < 6; x++) {
            Map<String, Object> model = new java.util.HashMap<>(
                    Map.of("x", x, "list", java.util.List.of("p", "q", x), "m", Map.of("k", "abc")));
            if (x % 2 == 0) {
                model.put("y", "yes" + x);
            }
            assertThat(ours.render(model)).isEqualTo(plain.parse(source).render(model));
        }
    }
}
