package io.perennial.content.ui;

/** Ready-made pieces of MJML. */
enum Block {
    HEADING(false, "<mj-text font-size=\"28px\" line-height=\"1.25\" font-weight=\"700\">Say it in one line</mj-text>"),
    TEXT(false, "<mj-text>Hello {{ customer.first_name | default: \"there\" }},</mj-text>"),
    BUTTON(false, "<mj-button href=\"https://\">Say the deed</mj-button>"),
    IMAGE(false, "<mj-image src=\"https://\" alt=\"What the picture shows\" width=\"536px\" />"),
    DIVIDER(false, "<mj-divider border-color=\"#e2e6e3\" border-width=\"1px\" />"),
    CONDITION(false, """
            {% if orders.count > 3 %}
            <mj-text>You are one of our regulars.</mj-text>
            {% else %}
            <mj-text>Good to have you.</mj-text>
            {% endif %}"""),
    COLUMNS(true, """
            <mj-section css-class="card" background-color="#ffffff">
              <mj-column>
                <mj-text>Left</mj-text>
              </mj-column>
              <mj-column>
                <mj-text>Right</mj-text>
              </mj-column>
            </mj-section>"""),
    VOUCHER(true, """
            <mj-section css-class="box" background-color="#e6f3ed" padding="24px 0">
              <mj-column>
                <mj-text align="center" font-size="22px" font-weight="700">{{ voucher.offer }}</mj-text>
                <mj-text align="center" css-class="code" font-family="'Courier New', Courier, monospace" font-size="26px" \
            font-weight="700" color="#1f6f54">{{ voucher.code }}</mj-text>
                <mj-text align="center" font-size="14px">Until {{ voucher.expires | date_long }}</mj-text>
              </mj-column>
            </mj-section>"""),
    FOOTER(true, """
            <mj-section>
              <mj-column>
                <mj-text align="center" font-size="13px" color="#55605a">
                  <a href="{{ links.preferences }}">Choose what you get</a> · <a href="{{ links.unsubscribe }}">Unsubscribe</a><br />
                  {{ business.postal_address }}
                </mj-text>
              </mj-column>
            </mj-section>""");

    private final boolean section;
    private final String mjml;

    Block(boolean section, String mjml) {
        this.section = section;
        this.mjml = mjml;
    }

    BlockPlacement into(String source, int cursor) {
        return section
                ? BlockPlacement.ofSection(source, cursor, mjml)
                : BlockPlacement.ofContent(source, cursor, mjml);
    }

    String key() {
        return "content.block." + name().toLowerCase(java.util.Locale.ROOT);
    }
}
