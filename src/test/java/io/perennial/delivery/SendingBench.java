package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.delivery.BenchMeter.Reading;
import io.perennial.delivery.sender.SigningKeys;
import io.perennial.support.IntegrationTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ApplicationContext;

/**
 * Measures sending of a whole campaign, from the frozen template to the ledger, with the product's own settings:
 * {@code ./mvnw -Pbench verify}. Sizes by {@code -Dbench.sizes=10000,100000}, signatures by
 * {@code -Dbench.dkim=none,rsa}, other settings by {@code -Dperennial.delivery.…}. The same size twice unless said
 * otherwise: the first of them after a start pays for the compiler, the second is what a node that has been up does.
 */
@IntegrationTest
class SendingBench {

    private static final int WARM_UP = 10_000;

    @Autowired
    ApplicationContext application;

    private Process sink;
    private BufferedReader sinkSays;
    private PrintWriter tellSink;
    private int port;

    @BeforeEach
    void startSink() throws IOException {
        sink = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BenchSink.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        sinkSays = sink.inputReader(StandardCharsets.UTF_8);
        tellSink = new PrintWriter(sink.outputWriter(StandardCharsets.UTF_8), true);
        port = Integer.parseInt(sinkSays.readLine());
    }

    @AfterEach
    void stopSink() {
        sink.destroy();
    }

    /** Messages, bytes, and recipients who got more than one since the last call. */
    private long[] sinkCounts() throws IOException {
        tellSink.println();
        return Arrays.stream(sinkSays.readLine().split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    @Test
    void campaignsOfGrowingSize() throws IOException {
        Optional<BenchTable> table = BenchTable.open(application);
        if (table.isEmpty()) {
            return; // measured already
        }
        int[] sizes = Arrays.stream(
                        System.getProperty("bench.sizes", "100000,100000").split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        for (String dkim : System.getProperty("bench.dkim", "none,rsa").split(",")) {
            SigningKeys keys = dkim.equals("none") ? (tenant, domain) -> null : BenchBusiness.signedWith(dkim);
            campaign(WARM_UP, dkim, keys);
            for (int size : sizes) {
                table.get().add(campaign(size, dkim, keys));
            }
        }
        table.get().print();
    }

    private BenchTable.Row campaign(int size, String dkim, SigningKeys keys) throws IOException {
        BenchBusiness business = BenchBusiness.of(application, size);
        SendingHarness harness = new SendingHarness(application);
        harness.keys = keys;
        DeliveryProperties properties = new Binder(new MapConfigurationPropertySource(System.getProperties()))
                .bindOrCreate("perennial.delivery", DeliveryProperties.class);
        DeliveryEngine engine = harness.engine(
                properties,
                SendingHarness.server(properties, port),
                application.getBeansOfType(MessageComposer.class).get("campaignComposer"));
        long frozen = System.nanoTime();
        business.launch(application);
        double freezing = (System.nanoTime() - frozen) / 1e9;
        sinkCounts();
        BenchClock clock = new BenchClock();
        engine.measureWith(clock);
        @Nullable Long database = BenchTable.process(application);
        BenchMeter meter = new BenchMeter(sink.toHandle(), database);
        engine.start();
        await().atMost(Duration.ofHours(1)).pollInterval(Duration.ofMillis(50)).until(business::isDone);
        Reading sending = meter.stop();
        engine.stop();
        long[] counts = sinkCounts();
        assertThat(counts[2]).as("people who got two").isZero();
        assertThat(counts[0]).as("messages that arrived").isEqualTo(size);
        assertThat(business.sent()).isEqualTo(size);
        int bytes = (int) (counts[1] / size);
        int rawSize = Math.min(size, 50_000);
        BenchMeter rawMeter = new BenchMeter(sink.toHandle(), database);
        RawSender.send(port, properties.workers(), rawSize, bytes);
        Reading raw = rawMeter.stop();
        sinkCounts();
        return new BenchTable.Row(
                size, dkim, bytes, freezing, sending, clock, business.loading(application), rawSize / raw.seconds());
    }
}
