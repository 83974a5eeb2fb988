package io.perennial.customers.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedStringsTest {

    @TempDir
    Path folder;

    @Test
    void eachIsFoundInAnyOrderOnDiskToo() throws Exception {
        Random dice = new Random(7);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 250; i++) { // more than stays in memory
            texts.add("ž".repeat(80_000 + i));
        }
        for (int i = 0; i < 5_000; i++) {
            int length = dice.nextInt(10) == 0 ? dice.nextInt(5_000) : dice.nextInt(30);
            texts.add(i + "č".repeat(length));
        }
        try (SharedStrings strings = new SharedStrings(Zipped.open(file(texts)))) {
            for (int i = 0; i < 20_000; i++) {
                int index = dice.nextInt(Math.min(texts.size(), 10 + i));
                assertThat(strings.get(Integer.toString(index))).as("%d", index).isEqualTo(texts.get(index));
            }
            assertThat(strings.get(Integer.toString(texts.size() - 1))).isEqualTo(texts.getLast());
            assertThat(strings.get(Integer.toString(texts.size()))).isEmpty();
        }
    }

    private Path file(List<String> texts) throws Exception {
        Path file = folder.resolve("book.xlsx");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(0); // a bomb is refused elsewhere
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            zip.write("<sst>".getBytes(StandardCharsets.UTF_8));
            for (String text : texts) {
                zip.write(("<si><t>" + text + "</t></si>").getBytes(StandardCharsets.UTF_8));
            }
            zip.write("</sst>".getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
