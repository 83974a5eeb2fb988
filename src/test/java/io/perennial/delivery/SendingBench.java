package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.delivery.BenchMeter.Reading;
import io.perennial.support.IntegrationTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ApplicationContext;

/**
 * Measures sending of a whole campaign, from the frozen template to the ledger, with the product's own settings:
 * {@code ./mvnw -Pbench verify}. Sizes by {@code -Dbench.sizes=10000,100000},
 * other settings by {@code -Dperennial.delivery.…}.
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
        List<String> table = new ArrayList<>();
        table.add("%9s %9s %7s | %8s %8s %8s | %9s | %9s %9s %7s | %6s"
                .formatted(
                        "messages",
                        "per s",
                        "KB each",
                        "console",
                        "sink",
                        "database",
                        "peak heap",
                        "raw per s",
                        "raw CPU",
                        "ratio",
                        "load"));
        table.add("%9s %9s %7s | %26s | %9s | %9s %9s %7s |"
                .formatted("", "", "", "CPU µs a message", "MB", "", "µs", "CPU"));
        int[] sizes = Arrays.stream(System.getProperty("bench.sizes", "10000").split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        campaign(WARM_UP);
        for (int size : sizes) {
            table.add(campaign(size));
        }
        System.out.println();
        table.forEach(System.out::println);
        System.out.println("ratio: processor time of console and sink for a message, to that of a sender of finished "
                + "bytes over as many connections in the same run.");
    }

    private String campaign(int size) throws IOException {
        BenchBusiness business = BenchBusiness.of(application, size);
        SendingHarness harness = new SendingHarness(application);
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
        BenchMeter meter = new BenchMeter(sink.toHandle());
        engine.start();
        await().atMost(Duration.ofHours(1)).pollInterval(Duration.ofMillis(20)).until(business::isDone);
        Reading sending = meter.stop();
        engine.stop();
        long[] counts = sinkCounts();
        assertThat(counts[2]).as("people who got two").isZero();
        assertThat(counts[0]).as("messages that arrived").isEqualTo(size);
        assertThat(business.sent()).isEqualTo(size);
        System.out.printf(
                "%,d people frozen in %.2f s; CPU µs a message of the workers: %s%n",
                size, freezing, clock.words(size, business.loading(application)));
        int bytes = (int) (counts[1] / size);
        int rawSize = Math.min(size, 50_000);
        BenchMeter rawMeter = new BenchMeter(sink.toHandle());
        RawSender.send(port, properties.workers(), rawSize, bytes);
        Reading raw = rawMeter.stop();
        sinkCounts();
        double rawCpu = Reading.micros(raw.own().plus(raw.sink()), rawSize);
        return "%,9d %,9.0f %7.1f | %8.0f %8.0f %8.0f | %,9.0f | %,9.0f %9.0f %7.2f | %6.1f"
                .formatted(
                        size,
                        size / sending.seconds(),
                        bytes / 1024.0,
                        Reading.micros(sending.own(), size),
                        Reading.micros(sending.sink(), size),
                        Reading.micros(sending.database(), size),
                        sending.peakHeap() / 1048576.0,
                        rawSize / raw.seconds(),
                        rawCpu,
                        Reading.micros(sending.own().plus(sending.sink()), size) / rawCpu,
                        sending.load());
    }
}
