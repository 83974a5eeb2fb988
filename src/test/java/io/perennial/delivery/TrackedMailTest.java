package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class TrackedMailTest {

    @Autowired
    CustomerLinks links;

    private final Map<Long, String> found = new HashMap<>();

    private TrackedMail mail() {
        Run run = new Run(new TenantId(5), new RunId(6), RunState.SENDING, "k", 1, "n", "a@b.example", null, null);
        return new TrackedMail(links, run, 77, found);
    }

    @Test
    void linksToTheWebGoThroughOursAndThePixelEndsTheBody() {
        String html = mail().html("<body><A class=x HREF='https://shop.example/a?b=1&amp;c=2'>x</A>"
                + "<a style=\"color:red\" href=\"http://shop.example/\">y</a></body></html>");
        assertThat(found.values()).containsExactlyInAnyOrder("https://shop.example/a?b=1&c=2", "http://shop.example/");
        assertThat(html).doesNotContain("shop.example").contains("/p/c/");
        assertThat(html).matches("(?s).*<img src=\"http[^\"]+/p/o/[\\w-]+\\.gif\"[^>]*></body></html>");
    }

    @Test
    void ourOwnLinksMailAndAnchorsStay() {
        String unsubscribe = links.unsubscribe(new TenantId(5), 77);
        String html = "<a href=\"" + unsubscribe + "\">u</a><a href=\"mailto:a@b.example\">m</a><a href=\"#top\">t</a>"
                + "<a href=\"tel:+420\">c</a><abbr href=\"https://not.example\">n</abbr>"
                + "<link href=\"https://fonts.example/x.css\">";
        assertThat(mail().html(html)).startsWith(html);
        assertThat(found).isEmpty();
    }

    @Test
    void aTagWithinATagIsLeftAlone() {
        String html = mail().html("<a title=\"<a href='http://in.example/'\" href=\"http://out.example/\">x</a>");
        assertThat(html).contains("/p/c/").endsWith(">");
    }

    @Test
    void linksInTextKeepThePunctuationBehindThem() {
        String text = mail().text("See https://shop.example/a, (https://shop.example/b) or https://shop.example/a.");
        assertThat(text).matches("See http\\S+/p/c/[\\w-]+, \\(http\\S+/p/c/[\\w-]+\\) or http\\S+/p/c/[\\w-]+\\.");
        assertThat(found.values()).containsExactlyInAnyOrder("https://shop.example/a", "https://shop.example/b");
    }
}
