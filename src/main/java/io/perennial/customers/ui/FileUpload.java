package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadI18N;
import com.vaadin.flow.server.Command;
import com.vaadin.flow.server.streams.UploadEvent;
import io.perennial.customers.ImportFiles;
import io.perennial.customers.ImportRefused;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Toasts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.BiConsumer;

/** Takes one text file to where imports wait on this server. */
class FileUpload extends Upload {

    private final transient ImportFiles files;
    private final transient BiConsumer<Path, String> arrived;

    /**
     * @param files where it goes, and how large it may be
     * @param arrived told on the page's own thread, with where the file is and what it was called
     */
    FileUpload(ImportFiles files, BiConsumer<Path, String> arrived) {
        this.files = files;
        this.arrived = arrived;
        String largest = Formats.fileSize(files.largest());
        addClassName("import-upload");
        setUploadHandler(this::take);
        setMaxFiles(1);
        // Said by the browser before anything is sent; a program that asks no browser is told by take().
        setMaxFileSize((int) Math.min(Integer.MAX_VALUE, files.largest()));
        setUploadButton(new Button(t("customers.import.choose_file")));
        setDropLabel(new Span(t("customers.import.drop_file", largest)));
        UploadI18N words = new UploadI18N();
        words.setError(new UploadI18N.Error()
                .setFileIsTooBig(t("customers.refused.too_big", largest))
                .setTooManyFiles(t("customers.import.one_file")));
        words.setUploading(new UploadI18N.Uploading()
                .setError(new UploadI18N.Uploading.Error()
                        .setServerUnavailable(t("customers.refused.broke_off"))
                        .setUnexpectedServerError(t("customers.refused.broke_off"))
                        .setForbidden(t("customers.refused.broke_off"))));
        setI18n(words);
    }

    /** On the request's thread. Of what is refused, breaks off, or comes when the page was left, no file stays. */
    private void take(UploadEvent event) throws IOException {
        Path file;
        try (InputStream in = event.getInputStream()) {
            file = files.take(in, event.getFileSize());
        } catch (ImportRefused e) {
            String reason = Objects.requireNonNullElse(e.getMessage(), "");
            event.reject(reason);
            access(event, () -> {
                clearFileList();
                Toasts.error(reason);
            });
            return;
        }
        boolean told = access(event, () -> {
            if (isAttached()) {
                arrived.accept(file, event.getFileName());
                clearFileList();
            } else {
                ImportFiles.discard(file);
            }
        });
        if (!told) {
            ImportFiles.discard(file);
        }
    }

    private static boolean access(UploadEvent event, Command deed) {
        try {
            var _ = event.getUI().access(deed);
            return true;
        } catch (UIDetachedException e) {
            return false;
        }
    }
}
