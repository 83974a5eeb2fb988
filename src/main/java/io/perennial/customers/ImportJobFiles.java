package io.perennial.customers;

import io.perennial.accounts.BusinessFiles;
import io.perennial.kernel.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The files of imports that are not over, in this node's data folder: they outlive the process, so that an import goes on
 * after a crash. They hold people's data, so nobody else may read them, and they go when the import is over.
 */
@Component
class ImportJobFiles implements BusinessFiles {

    private static final Logger log = LoggerFactory.getLogger(ImportJobFiles.class);

    private static final Pattern NAME = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    private final Path folder;

    ImportJobFiles(@Value("${perennial.data-folder:data}") Path data) {
        this.folder = data.resolve("imports");
    }

    /** Where the file of a job is, if this node has it. */
    Path of(TenantId tenant, long job) {
        return folder.resolve(tenant.value() + "-" + job);
    }

    boolean has(TenantId tenant, long job) {
        return Files.isRegularFile(of(tenant, job));
    }

    /** Takes a file over for a job. */
    Path take(Path file, TenantId tenant, long job) {
        Path place = of(tenant, job);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void discard(TenantId tenant, long job) {
        try {
            Files.deleteIfExists(of(tenant, job));
        } catch (IOException e) {
            log.warn("The file of import {} could not be deleted", job, e);
        }
    }

    @Override
    public void removeAll(TenantId tenant) {
        sweep((owner, job) -> owner.equals(tenant));
    }

    /** Deletes the files of jobs of which this holds. */
    void sweep(BiPredicate<TenantId, Long> over) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*-*")) {
            for (Path file : all) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    TenantId tenant = new TenantId(Long.parseLong(name.group(1)));
                    long job = Long.parseLong(name.group(2));
                    if (over.test(tenant, job)) {
                        discard(tenant, job);
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            log.warn("The folder {} could not be searched for old files", folder, e);
        }
    }

    /** SHA-256. */
    static byte[] hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
