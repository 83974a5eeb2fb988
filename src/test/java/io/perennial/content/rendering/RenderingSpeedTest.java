package io.perennial.content.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.content.CompiledTemplate;
import io.perennial.content.StarterTemplates;
import io.perennial.content.TemplateSnapshot;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import liqp.TemplateParser;
import liqp.parser.Flavor;
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

    /** Tidying around the literal runs and inside them is tidying the whole text. */
    @Test
    void tidyPiecesAreTheTidyWhole() {
        LiquidEngine engine = LiquidEngine.of(Locale.ENGLISH, Currency.getInstance("EUR"));
        List<String> pieces = List.of(
                "{{ x }}",
                " \n {{ y }}\t\t",
                "a long literal  with \t gaps \n\n\n\n and lines\r\n",
                "\n\n\n",
                "\t",
                " short ",
                "{% if y %}\n\n yes, there is one \n{% endif %}",
                "{% for i in (1..3) %} number {{ i }} of three \n{% endfor %}");
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            StringBuilder source = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                source.append(pieces.get(random.nextInt(pieces.size())));
            }
            Map<String, Object> model = new HashMap<>(Map.of("x", " \n" + round + " "));
            if (round % 2 == 0) {
                model.put("y", "yes\n");
            }
            LiquidTemplate template = engine.parse(source.toString(), false);
            assertThat(template.tidyPieces(model).toString())
                    .as("%s", source)
                    .isEqualTo(template.render(model)
                            .replace("\r", "")
                            .replaceAll("[ \\t]+\n", "\n")
                            .replaceAll("\n[ \\t]+", "\n")
                            .replaceAll("[ \\t]{2,}", " ")
                            .replaceAll("\n{3,}", "\n\n")
                            .strip());
        }
    }

    /** Building the nodes once, literals kept out of the parser, must not change what liqp would have rendered. */
    @Test
    void theResultIsPlainLiqps() {
        TemplateParser plain = new TemplateParser.Builder()
                .withFlavor(Flavor.LIQUID)
                .withStrictTypedExpressions(false)
                .build();
        LiquidEngine engine = LiquidEngine.of(Locale.ENGLISH, Currency.getInstance("EUR"));
        List<String> pieces = List.of(
                "{{ x }}",
                " {{- y | upcase | append: '!' -}} ",
                "a long literal\n with lines\n\n",
                "  \n ",
                "<p class=\"x\">short</p>",
                "{% if y %}yes, there is one{% else %}\nno\n{% endif %}",
                "{% for i in (1..3) %} number {{ i }}, index {{ forloop.index0 }}; {% endfor %}",
                "{%- assign z = x | plus: 2 -%} {{ z }}",
                "{% case x %}{% when 3 %}three of them{% else %}other{% endcase %}",
                "{% unless y %}nothing at all {%- endunless -%}",
                "{% comment %}{{ hidden }} words{% endcomment %}",
                "{% capture c %}captured {{ x }} text{% endcapture %}[{{ c }}]",
                "{{ list | join: '-' }}{{ m.k.size }}$1 \\ { } % }}");
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            StringBuilder source = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                source.append(pieces.get(random.nextInt(pieces.size())));
            }
            Map<String, Object> model =
                    new HashMap<>(Map.of("x", round % 5, "list", List.of("p", "q"), "m", Map.of("k", "abc")));
            if (round % 2 == 0) {
                model.put("y", "yes" + round);
            }
            assertThat(engine.parse(source.toString(), false).render(new HashMap<>(model)))
                    .as("%s", source)
                    .isEqualTo(plain.parse(source.toString()).render(new HashMap<>(model)));
        }
    }
}
