package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadI18N;
import com.vaadin.flow.server.streams.UploadHandler;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/** Takes one text file to a temporary folder of this server. */
class FileUpload extends Upload {

    /**
     * @param arrived told on the page's own thread, with where the file is and what it was called
     */
    FileUpload(BiConsumer<Path, String> arrived) {
        addClassName("import-upload");
        setUploadHandler(UploadHandler.toFile(
                (metadata, file) -> {
                    arrived.accept(file.toPath(), metadata.fileName());
                    clearFileList();
                },
                metadata -> temporaryFile()));
        setMaxFiles(1);
        setMaxFileSize(Integer.MAX_VALUE);
        setUploadButton(new Button(t("customers.import.choose_file")));
        setDropLabel(new Span(t("customers.import.drop_file")));
        UploadI18N words = new UploadI18N();
        words.setError(new UploadI18N.Error()
                .setFileIsTooBig(t("customers.refused.too_big"))
                .setTooManyFiles(t("customers.import.one_file")));
        setI18n(words);
    }

    private static File temporaryFile() throws IOException {
        File file = Files.createTempFile("perennial-import", ".csv").toFile();
        file.deleteOnExit();
        return file;
    }
}
