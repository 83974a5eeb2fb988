package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.perennial.customers.ImportKind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A file of each kind to begin with: a header whose words are understood, and rows that say how cells are written. */
final class ImportTemplates {

    private ImportTemplates() {}

    static Anchor link(ImportKind kind) {
        byte[] bytes = ("\uFEFF" + text(kind)).getBytes(StandardCharsets.UTF_8);
        String name = kind.name().toLowerCase(Locale.ROOT) + ".csv";
        Anchor link = new Anchor(
                DownloadHandler.fromInputStream(e -> new DownloadResponse(
                        new ByteArrayInputStream(bytes), name, "text/csv;charset=UTF-8", bytes.length)),
                t("customers.import.template", name));
        link.setDownload(true);
        return link;
    }

    static String text(ImportKind kind) {
        return switch (kind) {
            case CUSTOMERS -> """
                customer id,email,first name,last name,phone,birthday,city,country,language,tags,newsletter,consent date
                C-1001,zofie.novakova@example.com,Žofie,Nováková,+420 601 123 456,1990-02-28,Brno,CZ,cs,"vip, wholesale",yes,2026-01-15
                C-1002,hoa.nguyen@example.com,Hoa,Nguyễn,,,Praha,CZ,vi,,no,
                """;
            case ORDERS -> """
                order id,date,customer id,email,product,category,sku,quantity,unit price,discount,currency,status
                2026-0001,2026-03-29 10:15,C-1001,zofie.novakova@example.com,House blend 250 g,Coffee,COF-250,2,8.90,0,EUR,paid
                2026-0001,2026-03-29 10:15,C-1001,zofie.novakova@example.com,Paper filters,Accessories,FIL-100,1,3.50,0,EUR,paid
                2026-0002,2026-03-30 16:40,C-1002,hoa.nguyen@example.com,Jasmine tea,Tea,TEA-JAS,1,6.20,1.00,EUR,paid
                """;
            case CONSENTS -> """
                customer id,email,topic,consent,consent date,source,consent text
                C-1001,zofie.novakova@example.com,news,granted,2026-01-15 09:30,shop checkout,I would like to get news by e-mail.
                C-1002,hoa.nguyen@example.com,news,withdrawn,2026-02-01 18:00,asked by phone,
                """;
            case SUPPRESSIONS -> """
                email,reason,since,note
                left@example.com,unsubscribed,2025-11-03,asked in the shop
                nobody@example.com,bounced,2025-12-24,550 no such user
                """;
        };
    }
}
