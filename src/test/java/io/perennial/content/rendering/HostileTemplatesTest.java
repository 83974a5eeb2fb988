package io.perennial.content.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.content.CompiledTemplate;
import io.perennial.content.CompiledTemplate.RenderFailed;
import io.perennial.content.TemplateProblem;
import io.perennial.content.TemplateSnapshot;
import java.time.Duration;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Case 36 and 38 of the delivery cases: what a template tries is literal or refused, in bounded time. */
@Timeout(120)
class HostileTemplatesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"${T(java.lang.Runtime).getRuntime().exec('id')}", "#{7*7}", "*{7*7}", "[[${7*7}]]", "<%= 7*7 %>"
            })
    void otherLanguagesAreLiteral(String code) {
        String text = Mails.render(Mails.body(code.replace("<", "&lt;").replace(">", "&gt;")), Mails.model("Ada"))
                .text();
        assertThat(text).contains(code).doesNotContain("49");
    }

    @Test
    void thereIsNoEnvironment() {
        String html = Mails.render(
                        Mails.body("[{{env}}{{ env.PATH }}{{ system }}{{ customer.class }}{{ customer.getClass }}"
                                + "{{ customer.first_name.bytes }}]"),
                        Mails.model("Ada"))
                .html();
        assertThat(html).contains("[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% include '/etc/passwd' %}",
                "{% include 'x' with 'y' %}",
                "{% include_relative x %}",
                "{% render 'x' %}",
                "{% raw %}<script>alert(1)</script>{% endraw %}",
                "{% cycle customer.first_name, 'b' %}",
                "{% tablerow i in (1..3) %}x{% endtablerow %}",
                "{% increment x %}",
                "{% ifchanged %}x{% endifchanged %}",
                "{{ 'x' | where_exp: 'a', 'b' }}",
                "{{ 'x' | nofilter }}"
            })
    void tagsAndFiltersBeyondTheListAreRefused(String liquid) {
        List<TemplateProblem> problems = Mails.problems(Mails.body("one\n" + liquid));
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.blocking()).isTrue();
            assertThat(problem.line()).isEqualTo(6);
        });
    }

    @Test
    void filesCannotBeIncludedByMjml() {
        String body = "<mjml><mj-body>\n<mj-include path=\"/etc/passwd\" />\n" + Mails.FOOTER + "</mj-body></mjml>";
        assertThat(Mails.problems(body)).anySatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.blocking()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for i in (1..2000000000) %}{% endfor %}",
                "{% for i in (1..1000) %}{% for j in (1..1000) %}{% for k in (1..1000) %}x{% endfor %}{% endfor %}{% endfor %}",
                "{% assign s = 'xxxxxxxxxx' %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}{{ s }}",
                "{% assign s = 'xxxxxxxxxx' %}{% for i in (1..12) %}{% assign s = s | append: s %}{% endfor %}"
                        + "{{ s | replace: 'x', s }}",
                "{% assign n = 9999999.5 %}{% for i in (1..900) %}{% assign n = n | times: n %}{% endfor %}{{ n }}",
                "{{ 'now' | date: '%999999999Y' }}",
                "{% capture s %}xxxxxxxxxx{% endcapture %}{% for i in (1..60) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}"
                        + "{% endfor %}"
            })
    void hugeWorkIsStopped(String liquid) {
        CompiledTemplate template = Mails.compiled(Mails.text(Mails.body(liquid)));
        long begun = System.nanoTime();
        assertThatExceptionOfType(RenderFailed.class).isThrownBy(() -> template.render(Mails.model("Ada")));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void absurdSourcesAreRefusedNotSuffered() {
        assertThat(Mails.problems("x".repeat(300_000))).isNotEmpty();
        String deep = "{% if a %}".repeat(2_000) + "x" + "{% endif %}".repeat(2_000);
        assertThat(Mails.compiler().inspect(Mails.text(Mails.body(deep)))).isNotNull();
        String nested = "<div>".repeat(5_000) + "x" + "</div>".repeat(5_000);
        assertThat(Mails.compiler().inspect(Mails.text(Mails.body(nested)))).isNotNull();
        assertThat(Mails.problems(Mails.body("{{ " + "a or ".repeat(800) + "b }}")))
                .isNotEmpty();
        assertThat(Mails.problems("<".repeat(10_000))).isNotEmpty();
        assertThat(Mails.problems("{{".repeat(10_000))).isNotEmpty();
    }

    /** Each filter there is, with what could make it run away: an answer or a refusal, soon, and no memory filled. */
    @Test
    void everyFilterEndsSoonWhateverItIsGiven() {
        List<String> values = List.of(
                "'" + "a".repeat(1_500) + "!'",
                "'" + "<".repeat(1_500) + "'",
                "'" + "<!--<script".repeat(100) + "'",
                "'" + "%".repeat(1_500) + "'",
                "9999999999999999999999999999.9",
                "-0.000000000000000000000000001",
                "grown",
                "customer",
                "nothing");
        List<String> arguments = List.of(
                "",
                ": '(a+)+$'",
                ": ''",
                ": '', 'xxxxxxxxxxxxxxxxxxxx'",
                ": 0",
                ": 2147483647",
                ": -2147483648, 2147483647",
                ": 99999999999999999999",
                ": 'a', grown",
                ": '%999999999Y%999999999N'");
        for (String filter : TemplateFilters.all(Locale.ENGLISH, Currency.getInstance("EUR"))
                .getMap()
                .keySet()) {
            for (String value : values) {
                String body = "{% assign grown = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' %}"
                        + "{% for i in (1..8) %}{% assign grown = grown | append: grown %}{% endfor %}";
                for (String argument : arguments) {
                    String one = body + "{{ " + value + " | " + filter + argument + " }}";
                    assertEndsSoon(filter + argument + " of " + value, one);
                }
            }
        }
    }

    private static void assertEndsSoon(String what, String liquid) {
        long begun = System.nanoTime();
        try {
            String text = Liquid.render(liquid, Mails.model("Ada"));
            assertThat(text.length()).as(what).isLessThan(BoundedOutput.MAX_LENGTH + 1);
        } catch (StackOverflowError | RuntimeException e) {
            // Refused: the template's part, or this person's mail, fails with words.
            assertThat(e.getClass().getSimpleName()).as(what).isNotEqualTo("OutOfMemoryError");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(what).isLessThan(Duration.ofSeconds(6));
    }

    private static final class Liquid {
        static String render(String liquid, Map<String, Object> model) {
            return LiquidEngine.of(Locale.ENGLISH, Currency.getInstance("EUR"))
                    .parse(liquid, false)
                    .render(model);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for i in (1..2000000000) %}{% endfor %}",
                "{% assign s = 'xxxxxxxxxx' %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}{{ s }}",
                "{% for i in (1..1000) %}{% for j in (1..1000) %}{% for k in (1..1000) %}x{% endfor %}{% endfor %}{% endfor %}"
            })
    void hugeWorkIsStoppedInEachPartOfAMail(String liquid) {
        List<TemplateSnapshot> parts = List.of(
                new TemplateSnapshot(liquid + "Hello", "", Mails.body("x"), null),
                new TemplateSnapshot("Hello", liquid, Mails.body("x"), null),
                new TemplateSnapshot("Hello", "", Mails.body("x"), liquid + "{{ links.unsubscribe }}"));
        for (TemplateSnapshot part : parts) {
            CompiledTemplate template = Mails.compiled(part);
            long begun = System.nanoTime();
            assertThatExceptionOfType(RenderFailed.class).isThrownBy(() -> template.render(Mails.model("Ada")));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{% include 'x' %}", "{% render 'x' %}", "{% raw %}x{% endraw %}", "{{ 'x' | nofilter }}"})
    void tagsAndFiltersBeyondTheListAreRefusedInEachPartOfAMail(String liquid) {
        for (TemplateSnapshot part : List.of(
                new TemplateSnapshot(liquid, "", Mails.body("x"), null),
                new TemplateSnapshot("Hello", liquid, Mails.body("x"), null),
                new TemplateSnapshot("Hello", "", Mails.body("x"), liquid))) {
            assertThat(Mails.compiler().inspect(part).sendable()).isFalse();
        }
    }

    @Test
    void otherLanguagesAreLiteralInTheSubjectToo() {
        String code = "${T(java.lang.Runtime).getRuntime().exec('id')} #{7*7} {{env}}";
        TemplateSnapshot text = new TemplateSnapshot(code, code, Mails.body("x"), null);
        assertThat(Mails.compiled(text).render(Mails.model("Ada")).subject())
                .isEqualTo("${T(java.lang.Runtime).getRuntime().exec('id')} #{7*7}");
    }

    /** What the editor does at each keystroke must not be a way to keep a processor busy. */
    @Test
    void looksAtAnySourceEndSoon() {
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put("nested conditions", Mails.body("{% if a %}".repeat(1_400) + "x" + "{% endif %}".repeat(1_400)));
        sources.put("nested look-ups", Mails.body("{{ " + "a[".repeat(600) + "1" + "]".repeat(600) + " }}"));
        sources.put("a long chain of filters", Mails.body("{{ 'x'" + " | upcase".repeat(200) + " }}"));
        sources.put("many tags on many lines", Mails.body("{{ a }}\n".repeat(20_000)));
        sources.put("many quotes", Mails.body("{{ 'x\" }}{{ \" ' }}".repeat(9_000)));
        sources.put("many conditions not closed", Mails.body("{% if a %}\n".repeat(15_000)));
        sources.put("nested boxes", Mails.body("<div><span>".repeat(15_000)));
        sources.put("nested tables", Mails.body("<table><tr><td>".repeat(10_000)));
        sources.put("many attributes", Mails.body("<a " + "title=\"x\" ".repeat(15_000) + ">x</a>"));
        sources.put("comments not closed", Mails.body("<!--".repeat(45_000)));
        sources.put("styles not closed", Mails.body("<p style=\"" + "url(/*".repeat(30_000) + "\">x</p>"));
        sources.put("escapes in styles", Mails.body("<p style=\"" + "\\65 \\78".repeat(20_000) + "\">x</p>"));
        sources.put("entities", Mails.body("&lt;&#x41;&amp;".repeat(12_000)));
        sources.put(
                "many sections",
                "<mjml><mj-body>" + "<mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section>".repeat(2_000)
                        + Mails.FOOTER + "</mj-body></mjml>");
        sources.put(
                "as many sections as may be",
                "<mjml><mj-body>"
                        + "<mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section>".repeat(260)
                        + Mails.FOOTER + "</mj-body></mjml>");
        sources.put("nested sections", "<mjml><mj-body>" + "<mj-wrapper>".repeat(12_000));
        sources.forEach((what, source) -> {
            long begun = System.nanoTime();
            assertThat(Mails.compiler().inspect(Mails.text(source))).isNotNull();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(took).as(what).isLessThan(Duration.ofSeconds(20));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "<svg onload=alert(1)><script>alert(1)</script></svg>",
                "<iframe src=\"https://x.example\"></iframe>",
                "<form action=\"https://x.example\"><input name=p></form>",
                "<a href=\"javascript:alert(1)\">x</a>",
                "<a href=\"&#106;avascript:alert(1)\">x</a>",
                "<style>@import url(https://x.example/a.css); a{behavior:url(x)}</style>",
                "<link rel=stylesheet href=\"https://x.example/a.css\">",
                "<meta http-equiv=refresh content=\"0;url=https://x.example\">",
                "<base href=\"https://x.example\">",
                "<!--[if mso]><script>alert(1)</script><img src=x onerror=alert(1)><![endif]-->",
                "<!--[if mso]>--<foo>><script>alert(1)</script><![endif]-->",
                "<!--[if gte mso 9]><iframe src=x></iframe><![endif]-->",
                "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
                "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
                "<{% if true %}script>alert(1)</{% endif %}script>",
                "<a on{% if true %}click{% endif %}=alert(1)>x</a>",
                "<div style=\"width:expre/**/ssion(alert(1))\">x</div>",
                "<mj-raw><script>alert(1)</script></mj-raw>",
                "{{ '<script>alert(1)</script>' }}",
                "{% capture x %}<script>alert(1)</script>{% endcapture %}{{ x }}"
            })
    void nothingRunsInAMail(String attack) {
        var inspection = Mails.compiler().inspect(Mails.text(Mails.body(attack)));
        if (inspection.template() != null) {
            String html = inspection.template().render(Mails.model("Ada")).html();
            assertThat(html.toLowerCase(java.util.Locale.ROOT))
                    .doesNotContain(
                            "<script",
                            "<iframe",
                            "<form",
                            "<input",
                            "<svg",
                            "<base",
                            "<link",
                            "javascript:",
                            "@import",
                            "behavior:",
                            "expression(",
                            "http-equiv=\"refresh",
                            "http-equiv=refresh")
                    .doesNotContainPattern("<[^>]*\\son[a-z]+\\s*=");
        }
    }

    /** A condition that leaves out the end of an attribute would make markup of what the sanitiser saw as text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<b title=\"{% if customer.nobody %}\">{% else %} x\" onclick=alert(1) y=\"{% endif %}\">z</b>",
                "<b title=\"{% if customer.nobody %}\">a{% endif %} onclick=alert(1) <i title=\"\">x</i></b>",
                "<!--[if mso]>{% if customer.nobody %}<![endif]-->a<b title=\"{% endif %}\">x</b>",
                "<b title='{% unless true %}'>x</b>{% endunless %}"
            })
    void conditionsCannotCrossFromAnAttributeIntoText(String attack) {
        assertThat(Mails.compiler().inspect(Mails.text(Mails.body(attack))).sendable())
                .isFalse();
    }

    @Test
    void subjectsCannotCarryHeaders() {
        TemplateSnapshot text = new TemplateSnapshot("a\r\nBcc: b@c.d{{ x }}", "", Mails.body("x"), null);
        assertThat(Mails.compiled(text).render(Map.of("x", "\nTo: e@f.g")).subject())
                .doesNotContain("\n", "\r");
    }

    @Test
    void forgedPlaceholdersAreText() {
        String body = Mails.body("\uE0000\uE001\uE00099\uE001{{ customer.first_name }}");
        assertThat(Mails.render(body, Mails.model("Ada")).text()).startsWith("099Ada");
        assertThat(Mails.render(Mails.body("{{ customer.first_name }}"), Mails.model("\uE0000\uE001"))
                        .text())
                .contains("\uE0000\uE001");
    }
}
