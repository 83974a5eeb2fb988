package io.perennial.content.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.content.CompiledTemplate;
import io.perennial.content.RenderedMail;
import io.perennial.content.TemplateSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RenderingTest {

    @Test
    void aNameIsPutIn() {
        RenderedMail mail =
                Mails.render(Mails.body("Hello {{ customer.first_name | default: \"there\" }}!"), Mails.model("Ada"));
        assertThat(mail.html()).contains("Hello Ada!").startsWith("<!doctype html>");
        assertThat(mail.text()).contains("Hello Ada!");
    }

    @Test
    void aMissingNameTakesTheDefault() {
        RenderedMail mail = Mails.render(Mails.body("Hello {{ customer.first_name | default: \"there\" }}!"), Map.of());
        assertThat(mail.html()).contains("Hello there!");
    }

    @Test
    void scriptInACustomersNameStaysText() {
        RenderedMail mail = Mails.render(
                Mails.body("Hello {{ customer.first_name }}!"), Mails.model("<script>alert(1)</script> & \"Co\""));
        assertThat(mail.html())
                .contains("Hello &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Co&quot;!")
                .doesNotContain("<script");
        assertThat(mail.text()).contains("Hello <script>alert(1)</script> & \"Co\"!");
    }

    @Test
    void noFilterUndoesTheEscaping() {
        String body = Mails.body("{{ customer.first_name | url_decode }} {% capture x %}{{ customer.first_name }}"
                + "{% endcapture %}{{ x | url_decode }} {{ customer.first_name | escape | upcase }}");
        assertThat(Mails.render(body, Mails.model("%3Cimg src=x onerror=alert(1)%3E"))
                        .html())
                .doesNotContain("<img src=x")
                .contains("&lt;img src=x onerror=alert(1)&gt;");
    }

    @Test
    void aNameCannotLeaveAnAttribute() {
        String body = Mails.body("<a href=\"https://x.example/\" title=\"{{ customer.first_name }}\">x</a>");
        assertThat(Mails.render(body, Mails.model("\" onmouseover=\"alert(1)")).html())
                .contains("title=\"&quot; onmouseover=&quot;alert(1)\"");
    }

    @Test
    void dangerousAddressesFromDataLeadNowhere() {
        String body =
                Mails.body("<a href=\"{{ customer.first_name }}\">x</a><a href='  {{ customer.first_name }}'>y</a>"
                        + "<a href=\"java{{ customer.city }}script:alert(1)\">z</a>");
        for (String address :
                List.of("javascript:alert(1)", " JaVa\tScRiPt:alert(1)", "data:text/html,x", "vbscript:x")) {
            String html = Mails.render(body, Mails.model(address)).html();
            assertThat(html).contains("href=\"#\">x").contains("href=\"#\">y").contains("href=\"#\">z");
        }
        assertThat(Mails.render(body, Mails.model("https://shop.example/?a=1&b=\"x\" y"))
                        .html())
                .contains("href=\"https://shop.example/?a=1&amp;b=%22x%22%20y\">x");
    }

    @Test
    void dataInAStyleCannotEndTheDeclaration() {
        String body = Mails.body("<span style=\"color:{{ customer.first_name }}\">x</span>");
        assertThat(Mails.render(body, Mails.model("red;background:url(https://spy.example/x)"))
                        .html())
                .contains("style=\"color:\"");
        assertThat(Mails.render(body, Mails.model("#ff0000;x")).html()).contains("style=\"color:#ff0000x\"");
    }

    @Test
    void conditionsAndLoopsMayStandBetweenBlocks() {
        String body = "<mjml><mj-body>{% if orders.count > 2 %}<mj-section><mj-column><mj-text>Regular</mj-text>"
                + "{% for i in (1..2) %}<mj-text>Row {{ i }}</mj-text>{% endfor %}</mj-column></mj-section>"
                + "{% else %}<mj-section><mj-column><mj-text>New</mj-text></mj-column></mj-section>{% endif %}"
                + Mails.FOOTER + "</mj-body></mjml>";
        assertThat(Mails.problems(body)).isEmpty();
        String regular = Mails.render(body, Mails.model("Ada")).html();
        assertThat(regular).contains("Regular", "Row 1", "Row 2").doesNotContain(">New<");
        Map<String, Object> fresh = Mails.model("Ada");
        fresh.put("orders", Map.of("count", 1));
        assertThat(Mails.render(body, fresh).html()).contains(">New<").doesNotContain("Regular", "Row 1");
    }

    @Test
    void aConditionMayStandInsideAnAddress() {
        String body =
                Mails.body("<a href=\"{% if orders.count > 2 %}https://a.example/?x={{ orders.count }}&y=2{% else %}"
                        + "javascript:x{% endif %}\">go</a>");
        assertThat(Mails.render(body, Mails.model("Ada")).html())
                .contains("href=\"https://a.example/?x=3&amp;y=2\">go");
    }

    @Test
    void datesAndMoneyAreWrittenAsTheBusinesssCustomersDo() {
        RenderedMail mail = Mails.render(
                Mails.body(
                        "{{ orders.last_date | date_long }}; {{ orders.value | money }}; {{ orders.value | money_rounded }}"
                                + "; {{ orders.value }}; {{ orders.last_date }}"),
                Mails.model("Ada"));
        assertThat(mail.text().replace('\u00a0', ' '))
                .contains("14. března 2026; 1 234,50 Kč; 1 234 Kč; 1234.5; 14. března 2026");
    }

    @Test
    void subjectAndPreheaderAreLiquidOnOneLine() {
        TemplateSnapshot text = new TemplateSnapshot(
                "Hi {{ customer.first_name }}", "For {{ customer.first_name }} <3", Mails.body("x"), null);
        RenderedMail mail = Mails.compiled(text).render(Mails.model("Ada\r\nBcc: <x@y.z>\u2028!"));
        assertThat(mail.subject()).isEqualTo("Hi Ada Bcc: <x@y.z> !");
        assertThat(mail.html()).contains("For Ada").contains("&lt;3").contains("<title>Hi Ada");
        assertThat(mail.text()).doesNotContain("For Ada");
    }

    @Test
    void anOwnTextPartIsUsedAsWritten() {
        TemplateSnapshot text =
                new TemplateSnapshot("S", "", Mails.body("x"), "Dear {{ customer.first_name }},\n\nbye < & >");
        assertThat(Mails.compiled(text).render(Mails.model("Ada & Co")).text())
                .isEqualTo("Dear Ada & Co,\n\nbye < & >");
    }

    @Test
    void theTextPartIsReadable() {
        String body = Mails.body("<h1>News</h1><p>Hello&nbsp;Ada,<br>look:</p><ul><li>One</li><li>Two</li></ul>"
                + "<p><a href=\"https://shop.example/a?b=1&amp;c=2\">Our shop</a> or"
                + " <a href=\"mailto:hi@shop.example\">hi@shop.example</a></p>");
        assertThat(Mails.render(body, Mails.model("Ada")).text()).isEqualTo("""
                        News

                        Hello Ada,
                        look:

                        - One
                        - Two

                        Our shop: https://shop.example/a?b=1&c=2 or hi@shop.example

                        Hlavní 1, Praha Unsubscribe: https://x.example/u?a=1&b=2""");
    }

    @Test
    void outlooksConditionsAndStylesSurvive() {
        String html = Mails.render(Mails.body("x"), Mails.model("Ada")).html();
        assertThat(html)
                .contains(
                        "<!--[if mso | IE]>",
                        "<![endif]-->",
                        "<o:PixelsPerInch>96</o:PixelsPerInch>",
                        "@media",
                        "cellpadding")
                .contains("width:600px")
                .doesNotContain("fonts.googleapis", "@import", "<link");
    }

    @Test
    void threadsNeverSeeEachOthersCustomer() throws Exception {
        CompiledTemplate template = Mails.compiled(
                Mails.text(
                        Mails.body(
                                "{% assign who = customer.first_name %}{% for i in (1..20) %}[{{ who }}{{ customer[links.key] }}]{% endfor %}")));
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String name = "Name" + i;
                Map<String, Object> model = Mails.model(name);
                model.put(
                        "links",
                        Map.of("key", i % 2 == 0 ? "first_name" : "email", "unsubscribe", "https://x.example"));
                String expected = "[" + name + (i % 2 == 0 ? name : "ada@example.com") + "]";
                work.add(() -> template.render(model).html().contains(expected.repeat(20)));
            }
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        }
    }
}
