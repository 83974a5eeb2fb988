package io.perennial.delivery.sender;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Somebody else's check of signatures: dkimpy (Debian: python3-dkim, python3-nacl), with the DNS given to it. */
public final class IndependentDkim {

    private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

    private static final String SCRIPT = """
            import base64, sys, dkim
            records = {}
            for line in sys.stdin:
                kind, _, rest = line.strip().partition(' ')
                if kind == 'record':
                    name, _, value = rest.partition(' ')
                    records[name] = base64.b64decode(value)
                elif kind == 'mail':
                    mail = base64.b64decode(rest)
                    def dns(name, timeout=5):
                        return records.get((name.decode() if isinstance(name, bytes) else name).rstrip('.'))
                    try:
                        check = dkim.DKIM(mail)
                        count = sum(1 for name, _ in check.headers if name.lower() == b'dkim-signature')
                        results = []
                        for i in range(count):
                            ok = check.verify(idx=i, dnsfunc=dns)
                            signed = ':'.join(sorted(set(h.decode().lower() for h in check.include_headers or [])))
                            results.append(('pass ' if ok else 'fail ') + check.signature_fields[b'a'].decode() + ' ' + signed)
                        print(';'.join(results) if results else 'none')
                    except Exception as e:
                        print('error ' + type(e).__name__ + ' ' + str(e).replace('\\n', ' '))
            """;

    private IndependentDkim() {}

    /** The interpreter that has it, if any. */
    public static Optional<String> python() {
        return PYTHONS.stream().filter(IndependentDkim::has).findFirst();
    }

    private static boolean has(String python) {
        try {
            Process process = new ProcessBuilder(python, "-c", "import dkim, nacl")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * What it says of each mail: for every signature {@code pass|fail <algorithm> <signed headers>}, divided by {@code ;}.
     *
     * @param records TXT records by name
     */
    public static List<String> verdicts(String python, Map<String, String> records, Collection<byte[]> mails)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("dkim", ".py");
        Path input = Files.createTempFile("dkim", ".in");
        try {
            Files.writeString(script, SCRIPT);
            List<String> lines = new ArrayList<>();
            records.forEach((name, value) ->
                    lines.add("record " + name + " " + base64(value.getBytes(StandardCharsets.US_ASCII))));
            mails.forEach(mail -> lines.add("mail " + base64(mail)));
            Files.write(input, lines);
            Process process = new ProcessBuilder(python, script.toString())
                    .redirectInput(input.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said.lines().toList();
        } finally {
            Files.delete(script);
            Files.delete(input);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
