package io.perennial.content.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.content.TemplateProblem;
import io.perennial.content.TemplateProblem.Part;
import io.perennial.content.TemplateSnapshot;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksTest {

    private static void assertProblem(
            List<TemplateProblem> problems, Part part, int line, boolean blocking, String words) {
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.part()).isEqualTo(part);
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.blocking()).isEqualTo(blocking);
            assertThat(problem.message()).contains(words);
        });
    }

    private static String lines(String... lines) {
        return String.join("\n", lines);
    }

    @Test
    void aGoodTemplateHasNoProblems() {
        assertThat(Mails.problems(Mails.body("Hello {{ customer.first_name | default: \"there\" }}")))
                .isEmpty();
    }

    @Test
    void anUnknownElementIsNamedAtItsLineWithASuggestion() {
        String body = lines(
                "<mjml><mj-body>",
                "<mj-section><mj-column>",
                "<mj-txt>Hi</mj-txt>",
                "</mj-column></mj-section>",
                Mails.FOOTER,
                "</mj-body></mjml>");
        assertProblem(Mails.problems(body), Part.BODY, 3, true, "Did you mean <mj-text>?");
    }

    @Test
    void anElementThatIsNotClosedIsFoundWhereItOpens() {
        String body = lines(
                "<mjml><mj-body>",
                "<mj-section>",
                "<mj-column><mj-text>Hi</mj-text>",
                "</mj-section>",
                Mails.FOOTER,
                "</mj-body></mjml>");
        assertProblem(Mails.problems(body), Part.BODY, 3, true, "<mj-column> is opened here but not closed");
    }

    @Test
    void anElementInTheWrongPlaceIsTold() {
        String body = lines("<mjml><mj-body>", "<mj-text>Hi</mj-text>", Mails.FOOTER, "</mj-body></mjml>");
        assertProblem(
                Mails.problems(body),
                Part.BODY,
                2,
                true,
                "<mj-text> belongs into <mj-column, mj-hero>, not into <mj-body>");
    }

    @Test
    void liquidErrorsAreAtTheirLine() {
        assertProblem(
                Mails.problems(Mails.body("\n{{ customer.first_name | }}")), Part.BODY, 6, true, "cannot be read");
        assertProblem(Mails.problems(Mails.body("\n{% if customer.city %}x")), Part.BODY, 6, true, "never ended");
        assertProblem(Mails.problems(Mails.body("\n{{ customer.city ")), Part.BODY, 6, true, "not closed");
        assertProblem(Mails.problems(Mails.body("\nx{% endif %}")), Part.BODY, 6, true, "no beginning");
        assertProblem(
                Mails.problems(Mails.body("{% if a %}\n{% for i in b %}{% endif %}{% endfor %}")),
                Part.BODY,
                6,
                true,
                "still open");
        assertProblem(Mails.problems(Mails.body("\n{{ 'x' | upcas }}")), Part.BODY, 6, true, "Did you mean upcase?");
    }

    @Test
    void anUnknownVariableIsAWarningWithASuggestion() {
        List<TemplateProblem> problems =
                Mails.problems(Mails.body("\n{{ customer.firstname | default: 'x' }} {{ first_name }}"));
        assertProblem(problems, Part.BODY, 6, false, "Did you mean customer.first_name?");
        assertThat(problems).hasSize(2);
        assertThat(Mails.problems(Mails.body(
                        "{% assign x = 1 %}{{ x }}{% for o in (1..2) %}{{ o }}{{ forloop.index }}{% endfor %}")))
                .isEmpty();
    }

    @Test
    void aNameWithoutDefaultIsAWarningWithTheFix() {
        assertProblem(
                Mails.problems(Mails.body("{{ customer.first_name }}")),
                Part.BODY,
                5,
                false,
                "{{ customer.first_name | default: \"…\" }}");
        assertThat(Mails.problems(Mails.body("{% if customer.first_name %}{{ customer.first_name }}{% endif %}")))
                .isEmpty();
    }

    @Test
    void unsubscribeLinkAndAddressAreAsked() {
        String bare =
                "<mjml><mj-body><mj-section><mj-column><mj-text>Hi</mj-text></mj-column></mj-section></mj-body></mjml>";
        assertProblem(Mails.problems(bare), Part.BODY, 0, true, "unsubscribe link is missing");
        assertProblem(Mails.problems(bare), Part.BODY, 0, true, "postal address is missing");
        var homeless = new TemplateCompiler(Locale.ENGLISH, Currency.getInstance("EUR"), false);
        assertProblem(
                homeless.inspect(Mails.text(Mails.body("x"))).problems(), Part.BODY, 0, true, "no postal address yet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% if customer.city == 'Brno' %}U{% endif %}",
                "{% if customer.city %}U{% elsif customer.email %}x{% else %}U{% endif %}",
                "{% unless customer.city %}U{% endunless %}",
                "{% case customer.city %}{% when 'Brno' %}U{% endcase %}",
                "{% for i in (1..orders.count) %}U{% endfor %}",
                "{% capture c %}U{% endcapture %}",
                "{% capture c %}U{% endcapture %}{% assign c = 'x' %}{{ c }}",
                "{% if customer.city %}{% break %}{% endif %}U",
                "{{ links.unsubscribe | slice: 0, 0 }}",
                "{% assign links = customer %}U"
            })
    void anUnsubscribeLinkThatSomeWouldNotSeeCountsAsMissing(String liquid) {
        String way = "<a href=\"{{ links.unsubscribe }}\">Unsubscribe</a>";
        String body = "<mjml><mj-body><mj-section><mj-column><mj-text>{{ business.postal_address }} "
                + liquid.replace("U", way) + "</mj-text></mj-column></mj-section></mj-body></mjml>";
        assertThat(Mails.problems(body)).anySatisfy(problem -> {
            assertThat(problem.part()).isEqualTo(Part.BODY);
            assertThat(problem.blocking()).isTrue();
            assertThat(problem.message()).contains("unsubscribe link");
        });
        assertThat(Mails.problems(Mails.body("x")
                        .replace(
                                "{{ business.postal_address }}",
                                "{% if customer.city %}" + "{{ business.postal_address }}{% endif %}")))
                .anyMatch(problem -> problem.blocking() && problem.message().contains("postal address"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "U",
                "{% if customer.city %}U{% else %}<b>U</b>{% endif %}",
                "{% if customer.city %}U{% elsif customer.email %}U{% else %}U{% endif %}",
                "{% unless customer.city %}U{% else %}U{% endunless %}",
                "{% case customer.city %}{% when 'Brno' %}U{% when 'Praha' %}U{% else %}U{% endcase %}",
                "{% for i in (1..3) %}{% break %}{% endfor %}U"
            })
    void anUnsubscribeLinkInEachWayOfAConditionIsEnough(String liquid) {
        String way = "<a href=\"{{ links.unsubscribe }}\">Unsubscribe</a>";
        String body = "<mjml><mj-body><mj-section><mj-column><mj-text>{{ business.postal_address }} "
                + liquid.replace("U", way) + "</mj-text></mj-column></mj-section></mj-body></mjml>";
        assertThat(Mails.problems(body)).noneMatch(TemplateProblem::blocking);
    }

    @Test
    void aLinkInTheSubjectOrThePreheaderIsNoWayOut() {
        String bare = "<mjml><mj-body><mj-section><mj-column><mj-text>{{ business.postal_address }}</mj-text>"
                + "</mj-column></mj-section></mj-body></mjml>";
        for (TemplateSnapshot hidden : List.of(
                new TemplateSnapshot("{{ links.unsubscribe }}", "", bare, null),
                new TemplateSnapshot("Hello", "{{ links.unsubscribe }}", bare, null))) {
            assertProblem(
                    Mails.compiler().inspect(hidden).problems(), Part.BODY, 0, true, "unsubscribe link is missing");
        }
        assertProblem(
                Mails.compiler()
                        .inspect(new TemplateSnapshot("Hello", "", Mails.body("x"), "Only words"))
                        .problems(),
                Part.TEXT,
                0,
                false,
                "plain text has no unsubscribe link");
    }

    @Test
    void subjectsAreChecked() {
        assertProblem(
                Mails.compiler()
                        .inspect(new TemplateSnapshot(" ", "", Mails.body("x"), null))
                        .problems(),
                Part.SUBJECT,
                0,
                true,
                "empty");
        assertProblem(
                Mails.compiler()
                        .inspect(new TemplateSnapshot("x".repeat(151), "", Mails.body("x"), null))
                        .problems(),
                Part.SUBJECT,
                0,
                false,
                "151");
        assertProblem(
                Mails.compiler()
                        .inspect(new TemplateSnapshot("{{ x", "", Mails.body("x"), null))
                        .problems(),
                Part.SUBJECT,
                1,
                true,
                "not closed");
    }

    @Test
    void picturesWithoutAltAndLargeMailsAreWarnings() {
        String body = "<mjml><mj-body><mj-section><mj-column>\n<mj-image src=\"https://x.example/a.png\" />\n"
                + "</mj-column></mj-section>" + Mails.FOOTER + "</mj-body></mjml>";
        assertProblem(Mails.problems(body), Part.BODY, 2, false, "alt");
        assertProblem(Mails.problems(Mails.body("word ".repeat(25_000))), Part.BODY, 0, false, "Gmail");
    }

    @Test
    void whatIsTakenOutIsTold() {
        assertProblem(Mails.problems(Mails.body("\n<script>x</script>")), Part.BODY, 6, false, "<script> is taken out");
        assertProblem(
                Mails.problems(Mails.body("\n<a onclick=\"x\">y</a>")), Part.BODY, 6, false, "onclick is taken out");
        assertProblem(
                Mails.problems(Mails.body("\n<a href=\"javascript:x\">y</a>")), Part.BODY, 6, false, "javascript:x");
    }

    @Test
    void notMjmlAtAll() {
        assertProblem(Mails.problems("Hello"), Part.BODY, 1, true, "<mjml>");
        assertProblem(Mails.problems(""), Part.BODY, 1, true, "<mjml>");
        assertProblem(Mails.problems("<mjml></mjml>"), Part.BODY, 1, true, "<mj-body>");
    }
}
